import { ownerOf } from "@lectern/auth/actor";
import type { JoiningInput } from "@lectern/contract/calendar";
import { bool, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { invalid, notFound } from "../../../domain-error.ts";
import { requireRunWithin } from "../../../shared/reach.ts";
import { requireSeat } from "../../bookings/registrations/claimed-registration.ts";

/** Of a registration `g`: its learner has the place for certain. */
const COMES = sql`g.status IN ('confirmed', 'completed', 'no_show')`;

const seat = prepared("calendar.seat", { id: uuid }, (_, $) =>
  rows(
    { comes: bool },
    sql`SELECT (g.learner_email IS NOT NULL AND ${COMES}) AS comes
      FROM registration g WHERE g.id = ${$.id}`,
  ),
);

const seatOf = prepared("calendar.seatOf", { runId: uuid, personId: uuid }, (_, $) =>
  rows(
    { comes: bool },
    sql`SELECT EXISTS (SELECT FROM registration g
      WHERE g.learner_id = ${$.personId} AND g.run_id = ${$.runId} AND ${COMES}) AS comes`,
  ),
);

/**
 * Lets only those go on who come to a run: its learners, by the key from their mails or signed in, who teaches it, and
 * staff who may know who comes.
 *
 * @returns the id of the run
 * @throws NotFound for a run that they do not come to, as for one that is not there; Invalid for an input that names
 *   neither run nor place
 */
export async function requireComing(
  db: Queryable,
  call: Call,
  { runId, seat: proof }: z.infer<typeof JoiningInput>,
): Promise<string> {
  if (proof != null) {
    const { registrationId, claimVersion, joinKey: key } = proof;
    const found = await requireSeat(db, call, "join", { registrationId, claimVersion, key });
    if ((await seat.first(db, { id: found.id }))?.comes === true) return found.runId;
    throw notFound("registration", registrationId);
  }
  if (runId == null) throw invalid("runId", "Say which date it is.");
  const personId = ownerOf(call.actor);
  const isLearner =
    personId !== null && (await seatOf.first(db, { runId, personId }))?.comes === true;
  if (!isLearner) await requireRunWithin(db, call, "runs.roster", runId);
  return runId;
}
