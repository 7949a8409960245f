import { booking, seatAllocation, waitlistEntry } from "@lectern/database/schema/bookings";
import type { Database } from "@lectern/database/queryable";
import { eq, sql } from "drizzle-orm";

const past = sql`date_trunc('milliseconds', clock_timestamp() - interval '1 second')`;

/** As if the time of a hold were over. */
export async function letLapse(db: Database, reference: string): Promise<void> {
  const [row] = await db
    .update(booking)
    .set({ expiresAt: past })
    .where(eq(booking.reference, reference))
    .returning({ id: booking.id });
  if (row === undefined) throw new Error("No such booking");
  await db
    .update(seatAllocation)
    .set({ expiresAt: past })
    .where(eq(seatAllocation.bookingId, row.id));
}

/** As if the time of an offer were over. */
export async function letOfferLapse(db: Database, entryId: string): Promise<void> {
  await db.update(waitlistEntry).set({ offerExpiresAt: past }).where(eq(waitlistEntry.id, entryId));
  await db
    .update(seatAllocation)
    .set({ expiresAt: past })
    .where(eq(seatAllocation.waitlistEntryId, entryId));
}
