import { RunJoinLinkSet, type RunSetJoinLinkInput } from "@lectern/contract/calendar";
import type { RunStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { courseRun, joinLink } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, invalid, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { requireRunWithin } from "../../../shared/reach.ts";
import { joinLinkPlace } from "./join.ts";
import { readOnlineSessions } from "./read-online-sessions.ts";

type SetInput = z.infer<typeof RunSetJoinLinkInput>;

const IS_OVER: readonly RunStatus[] = ["completed", "cancelled"];

/**
 * Says where a run, or one of its sessions, meets online; or that it meets nowhere any more. Nobody is told: whoever
 * comes is led there when the session is about to begin.
 *
 * @throws NotFound; Invalid for a session that it does not have, or that nobody comes to online; Conflict `wrong_state`
 *   for a run that is over or cancelled; IdempotencyMismatch
 */
export async function setJoinLink(
  db: Database,
  call: Call,
  input: SetInput,
): Promise<RunJoinLinkSet> {
  await requireRunWithin(db, call, "runs.write", input.id);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "runs.setJoinLink", input, RunJoinLinkSet, () => set(tx, call, input)),
  );
}

async function set(
  tx: Transaction,
  call: Call,
  { id: runId, position: given, url }: SetInput,
): Promise<RunJoinLinkSet> {
  const position = given ?? null;
  const [run] = await tx
    .select({ status: courseRun.status })
    .from(courseRun)
    .where(eq(courseRun.id, runId))
    .for("no key update");
  if (run === undefined) throw notFound("run", runId);
  if (IS_OVER.includes(run.status)) {
    throw conflict("run", "wrong_state", `This date is ${run.status}.`, run.status);
  }
  const online = await readOnlineSessions(tx, runId);
  const isMeant = online.some((session) => position === null || session.position === position);
  if (url !== null && !isMeant) {
    throw invalid("position", "Nobody comes to that online: choose a virtual room first.");
  }
  const isIt = and(
    eq(joinLink.runId, runId),
    position === null ? isNull(joinLink.position) : eq(joinLink.position, position),
  );
  const [before] = await tx.select({ id: joinLink.id }).from(joinLink).where(isIt);
  if (url === null) {
    await tx.delete(joinLink).where(isIt);
  } else {
    const id = before?.id ?? uuidv7();
    const encrypted = await call.fields.encrypt(joinLinkPlace(id), url);
    await tx
      .insert(joinLink)
      .values({ id, runId, position, url: encrypted })
      .onConflictDoUpdate({
        target: joinLink.id,
        set: { url: encrypted, updatedAt: sql`clock_timestamp()` },
      });
  }
  await recordAudit(tx, call, {
    action: "run.set_join_link",
    entity: "run",
    entityId: runId,
    before: { position, isSet: before !== undefined },
    after: { position, isSet: url !== null },
  });
  return { id: runId, position, isSet: url !== null };
}
