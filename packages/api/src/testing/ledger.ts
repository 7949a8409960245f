import type { Database } from "@lectern/database/connect";
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { z } from "zod";

const Row = z.object({ taken: z.number(), allocated: z.number() });

/**
 * The invariant of the ledger on one run.
 *
 * @returns the counter, and the sum of active allocations, which must be the same number
 */
export async function ledgerOf(
  db: Database,
  runId: string,
): Promise<{ taken: number; allocated: number }> {
  const { rows } = await db.execute(sql`
    SELECT c.taken, coalesce((
      SELECT sum(quantity) FROM seat_allocation a WHERE a.run_id = c.run_id AND a.state = 'active'
    ), 0)::int AS allocated
    FROM run_capacity c WHERE c.run_id = ${runId}::uuid`);
  return Row.parse(rows[0]);
}

const Books = Row.extend({
  capacity: z.number(),
  waiting: z.number(),
  queued: z.number(),
  /** Entries with an offer, and active offers, as `<entry> <quantity>`. */
  offered: z.array(z.string()),
  offers: z.array(z.string()),
  /** Bookings whose allocation is not that of their live registrations, or not of the right kind. */
  strayBookings: z.array(z.string()),
});

/**
 * All that must hold on a run after every transaction: the counter is the sum of the ledger, the queue
 * has as many parties as are counted, each offer is of an entry that has it and the other way round,
 * and each booking has as many places as registrations.
 */
export async function assertInvariants(db: Database, runId: string): Promise<void> {
  const { rows } = await db.execute(sql`
    SELECT c.capacity, c.taken, c.waiting,
      coalesce((
        SELECT sum(quantity) FROM seat_allocation a WHERE a.run_id = c.run_id AND a.state = 'active'
      ), 0)::int AS allocated,
      (SELECT count(*) FROM waitlist_entry e WHERE e.run_id = c.run_id AND e.status = 'waiting')::int AS queued,
      array(
        SELECT e.id || ' ' || e.offered_quantity FROM waitlist_entry e
        WHERE e.run_id = c.run_id AND e.status = 'offered' ORDER BY e.id
      ) AS offered,
      array(
        SELECT a.waitlist_entry_id || ' ' || a.quantity FROM seat_allocation a
        WHERE a.run_id = c.run_id AND a.state = 'active' AND a.kind = 'offer' ORDER BY a.waitlist_entry_id
      ) AS offers,
      array(
        SELECT b.reference FROM booking b
          LEFT JOIN seat_allocation a ON a.booking_id = b.id AND a.state = 'active'
          CROSS JOIN LATERAL (
            SELECT count(*) AS live FROM registration r
            WHERE r.booking_id = b.id AND r.status IN ('reserved', 'confirmed', 'completed', 'no_show')
          ) AS seats
        WHERE b.run_id = c.run_id AND (
          coalesce(a.quantity, 0) <> seats.live
          OR a.kind <> (CASE b.status WHEN 'confirmed' THEN 'booking' ELSE 'hold' END)::allocation_kind
        )
      ) AS "strayBookings"
    FROM run_capacity c WHERE c.run_id = ${runId}::uuid`);
  const books = Books.parse(rows[0]);
  expect(books).toMatchObject({
    taken: books.allocated,
    waiting: books.queued,
    offers: books.offered,
    strayBookings: [],
  });
  expect(books.taken).toBeLessThanOrEqual(books.capacity);
}
