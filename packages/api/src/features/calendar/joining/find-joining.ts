import type { Joining, JoiningInput } from "@lectern/contract/calendar";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";
import { toRunSummary } from "../../../shared/run-summary.ts";
import { findRunSummaryRow } from "../../bookings/find-run-summary-row.ts";
import { toOnlineSession } from "./online-session.ts";
import { readOnlineSessions } from "./read-online-sessions.ts";
import { requireComing } from "./require-coming.ts";

/**
 * When whoever comes to a run can come in online. Where that is, this does not say.
 *
 * @throws NotFound, Invalid
 */
export async function findJoining(
  db: Database,
  call: Call,
  input: z.infer<typeof JoiningInput>,
): Promise<Joining> {
  const runId = await requireComing(db, call, input);
  const [run, sessions] = await Promise.all([
    findRunSummaryRow(db, runId),
    readOnlineSessions(db, runId),
  ]);
  if (run === undefined) throw notFound("run", runId);
  const now = sessions[0]?.now ?? new Date();
  return {
    run: toRunSummary(run),
    sessions: sessions.map(toOnlineSession),
    serverTime: now.toISOString(),
  };
}
