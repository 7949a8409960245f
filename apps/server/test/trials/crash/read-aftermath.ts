import type { Database } from "@lectern/database/connect";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Aftermath } from "./history.ts";

const Booking = z.object({
  reference: z.string(),
  runId: z.string(),
  status: z.string(),
  places: z.number(),
  allocated: z.number(),
});
const Key = z.object({ key: z.string(), reference: z.string() });
const Run = z.object({
  id: z.string(),
  capacity: z.number(),
  taken: z.number(),
  allocated: z.number(),
});

/** Reads what there is when all is over. */
export async function readAftermath(db: Database): Promise<Aftermath> {
  const bookings = await db.execute(sql`
    SELECT b.reference, b.run_id AS "runId", b.status, b.places, coalesce((
      SELECT sum(quantity) FROM seat_allocation a WHERE a.booking_id = b.id AND a.state = 'active'
    ), 0)::int AS allocated
    FROM booking b`);
  const keys = await db.execute(sql`
    SELECT key, answer ->> 'reference' AS reference FROM idempotency_key
    WHERE scope LIKE '%|bookings.hold'`);
  const runs = await db.execute(sql`
    SELECT c.run_id AS id, c.capacity, c.taken, coalesce((
      SELECT sum(quantity) FROM seat_allocation a WHERE a.run_id = c.run_id AND a.state = 'active'
    ), 0)::int AS allocated
    FROM run_capacity c`);
  return {
    bookings: bookings.rows.map((row) => Booking.parse(row)),
    holdKeys: new Map(
      keys.rows.map((row) => {
        const { key, reference } = Key.parse(row);
        return [key, reference];
      }),
    ),
    runs: runs.rows.map((row) => Run.parse(row)),
  };
}
