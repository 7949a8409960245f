import { uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database, Queryable } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { lockSettled } from "../bookings/places/settle-places.ts";
import { closeQueue } from "./close-queue.ts";
import { lastOfferAt } from "./last-offer.ts";

/** Runs with a queue in which nothing can be offered any more. */
const isOver = sql`(${lastOfferAt} <= clock_timestamp() OR course_run.status NOT IN ('tentative', 'confirmed'))`;

const runsToClose = prepared("waitlist.runsToClose", {}, () =>
  rows(
    { runId: uuid },
    sql`
    WITH queue AS MATERIALIZED (
      SELECT DISTINCT run_id FROM waitlist_entry WHERE status = 'waiting'
    )
    SELECT over.id AS run_id
    FROM queue CROSS JOIN LATERAL (
      -- Each run is looked up: the planner would take every third for one that is over, and read them all.
      SELECT id FROM course_run WHERE id = queue.run_id AND ${isOver} OFFSET 0
    ) AS over`,
  ),
);

/**
 * Closes the waiting lists of runs that have begun, were cancelled, whose booking is closed, or that
 * are so near that no offer can be made any more. An offer that was made before stands until its own
 * time is over.
 *
 * @returns how many parties were told that they wait no longer
 */
export async function closeWaitlists(db: Database, call: Call): Promise<number> {
  let closed = 0;
  for (const { runId } of await runsToClose.execute(db, {})) {
    closed += await closeWaitlist(db, call, runId);
  }
  return closed;
}

async function closeWaitlist(db: Database, call: Call, runId: string): Promise<number> {
  const closed = await transaction(db, { idempotent: true }, async (tx) => {
    await lockSettled(tx, call, runId);
    // It may have been moved since.
    if (!(await isStillOver(tx, runId))) return 0;
    return closeQueue(tx, call, runId, ["waiting"]);
  });
  if (closed > 0) call.changed(runId);
  return closed;
}

async function isStillOver(db: Queryable, runId: string): Promise<boolean> {
  const { count } = await db.execute(
    sql`SELECT FROM course_run WHERE id = ${runId}::uuid AND ${isOver}`,
  );
  return count > 0;
}
