import type { RunCancelPreview, RunCancelPreviewInput } from "@lectern/contract/run-office";
import { int4 } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { CAN_BE_CANCELLED } from "./cancel-run.ts";

const affected = prepared("runs.previewCancel", { id: courseRun.id }, (_, $) =>
  rows(
    {
      status: courseRun.status,
      version: courseRun.version,
      bookings: int4,
      places: int4,
      learners: int4,
      awaited: int4,
      held: int4,
      waiting: int4,
      offered: int4,
      told: int4,
    },
    sql`
    WITH alive AS MATERIALIZED (
      SELECT b.id, b.status, b.confirmed_at IS NOT NULL AS is_certain, lower(b.booker_email) AS booker
      FROM booking b
      WHERE b.run_id = ${$.id} AND b.status IN ('held', 'awaiting_payment', 'awaiting_approval', 'confirmed')
    ), seats AS MATERIALIZED (
      SELECT alive.status, alive.is_certain, lower(r.learner_email) AS learner
      FROM alive JOIN registration r ON r.booking_id = alive.id
      WHERE r.status IN ('reserved', 'confirmed')
    ), parties AS MATERIALIZED (
      SELECT w.status, lower(w.email) AS party FROM waitlist_entry w
      WHERE w.run_id = ${$.id} AND w.status IN ('waiting', 'offered')
    )
    SELECT run.status, run.version,
      (SELECT count(*) FROM alive WHERE status = 'confirmed')::int AS bookings,
      (SELECT count(*) FROM seats WHERE status = 'confirmed')::int AS places,
      (SELECT count(*) FROM seats WHERE status = 'confirmed' AND learner IS NOT NULL)::int AS learners,
      (SELECT count(*) FROM alive WHERE status IN ('awaiting_payment', 'awaiting_approval'))::int AS awaited,
      (SELECT count(*) FROM alive WHERE status = 'held')::int AS held,
      (SELECT count(*) FROM parties WHERE status = 'waiting')::int AS waiting,
      (SELECT count(*) FROM parties WHERE status = 'offered')::int AS offered,
      (SELECT count(*) FROM (
        SELECT booker AS told FROM alive WHERE status <> 'held' AND booker IS NOT NULL
        UNION SELECT learner FROM seats WHERE is_certain AND learner IS NOT NULL
        UNION SELECT party FROM parties
      ) AS people)::int AS told
    FROM course_run run WHERE run.id = ${$.id}`,
  ),
);

/**
 * Whom cancelling a run would concern, as it is at this moment: for staff who are about to decide.
 *
 * @throws NotFound
 */
export async function previewCancelRun(
  db: Database,
  call: Call,
  { id }: z.infer<typeof RunCancelPreviewInput>,
): Promise<RunCancelPreview> {
  await requireRunWithin(db, call, "runs.write", id);
  const found = await affected.first(db, { id });
  if (found === undefined) throw notFound("run", id);
  const { status, version, bookings, places, learners, ...others } = found;
  return {
    id,
    version,
    canBeCancelled: CAN_BE_CANCELLED.includes(status),
    confirmed: { bookings, places, learners },
    ...others,
  };
}
