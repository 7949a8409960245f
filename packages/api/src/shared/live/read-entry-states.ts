import type { WaitlistState } from "@lectern/contract/live";
import { arrayOf, int4, nullable, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { runCapacity, waitlistEntry } from "@lectern/database/schema/bookings";
import { sql } from "drizzle-orm";

const statesOfEntries = prepared("live.entries", { ids: arrayOf(uuid) }, (_, $) =>
  rows(
    {
      id: waitlistEntry.id,
      status: waitlistEntry.status,
      position: nullable(int4),
      offeredQuantity: waitlistEntry.offeredQuantity,
      offerExpiresAt: waitlistEntry.offerExpiresAt,
      waiting: runCapacity.waiting,
      serverTime: timestamptz,
    },
    sql`
    WITH watched AS (
      SELECT e.id, e.run_id, e.status, e.offered_quantity, e.offer_expires_at, c.waiting
      FROM waitlist_entry e JOIN run_capacity c ON c.run_id = e.run_id
      WHERE e.id = ANY(${$.ids})
    ), queue AS (
      SELECT id, row_number() OVER (PARTITION BY run_id ORDER BY ticket)::int AS position
      FROM waitlist_entry
      WHERE status = 'waiting' AND run_id IN (SELECT run_id FROM watched)
    )
    SELECT watched.id, status, position, offered_quantity, offer_expires_at, waiting, clock_timestamp() AS server_time
    FROM watched LEFT JOIN queue ON queue.id = watched.id`,
  ),
);

/** Where parties stand in their queues, by the ids of their entries. */
export async function readEntryStates(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, WaitlistState>> {
  const found = await statesOfEntries.execute(db, { ids });
  return new Map(
    found.map((row) => {
      const isOffered = row.status === "offered";
      return [
        row.id,
        {
          entryId: row.id,
          status: row.status,
          position: row.position,
          offeredQuantity: isOffered ? row.offeredQuantity : null,
          offerExpiresAt: (isOffered && row.offerExpiresAt?.toISOString()) || null,
          waiting: row.waiting,
          serverTime: row.serverTime.toISOString(),
        },
      ];
    }),
  );
}

/** Whether a party has left the queue for good. */
export function hasLeftQueue({ status }: WaitlistState): boolean {
  return status !== "waiting" && status !== "offered";
}
