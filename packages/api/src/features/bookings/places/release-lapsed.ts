import {
  booking,
  registration,
  seatAllocation,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { releaseDiscounts } from "../../billing/use-discount.ts";
import { tell } from "../../notifications/tell.ts";
import { givePlacesBack } from "./counter.ts";

/** States of a booking whose places are a hold's. */
export const HOLDING = ["held", "awaiting_payment", "awaiting_approval"] as const;

/**
 * Frees the places of holds and offers past their time, on a run whose counter the transaction has
 * locked. Expiry is decided by the database's clock after the wait for the lock.
 *
 * @returns how many places became free; the queue has yet to be served
 */
export async function releaseLapsed(tx: Transaction, call: Call, runId: string): Promise<number> {
  const lapsed = await tx
    .update(seatAllocation)
    .set({ state: "expired", endedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(seatAllocation.runId, runId),
        eq(seatAllocation.state, "active"),
        sql`${seatAllocation.expiresAt} <= clock_timestamp()`,
      ),
    )
    .returning({
      bookingId: seatAllocation.bookingId,
      entryId: seatAllocation.waitlistEntryId,
      quantity: seatAllocation.quantity,
    });
  if (lapsed.length === 0) return 0;
  const freed = lapsed.reduce((sum, allocation) => sum + allocation.quantity, 0);
  await givePlacesBack(tx, runId, freed);
  const bookingIds = lapsed.map(({ bookingId }) => bookingId).filter((id) => id !== null);
  if (bookingIds.length > 0) await expireBookings(tx, call, bookingIds);
  const entryIds = lapsed.map(({ entryId }) => entryId).filter((id) => id !== null);
  if (entryIds.length > 0) await lapseOffers(tx, call, entryIds);
  return freed;
}

async function expireBookings(
  tx: Transaction,
  call: Call,
  bookingIds: readonly string[],
): Promise<void> {
  const expired = await tx
    .update(booking)
    .set({ status: "expired", updatedAt: sql`clock_timestamp()` })
    .where(and(inArray(booking.id, [...bookingIds]), inArray(booking.status, [...HOLDING])))
    .returning({ id: booking.id });
  await tx
    .update(registration)
    .set({ status: "cancelled", updatedAt: sql`clock_timestamp()` })
    .where(
      and(inArray(registration.bookingId, [...bookingIds]), eq(registration.status, "reserved")),
    );
  await releaseDiscounts(tx, bookingIds);
  await recordAudit(
    tx,
    call,
    expired.map(({ id }) => ({
      action: "booking.expire",
      entity: "booking",
      entityId: id,
      before: null,
      after: { status: "expired" },
    })),
  );
}

async function lapseOffers(
  tx: Transaction,
  call: Call,
  entryIds: readonly string[],
): Promise<void> {
  const lapsed = await tx
    .update(waitlistEntry)
    .set({
      status: "lapsed",
      endedAt: sql`clock_timestamp()`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(inArray(waitlistEntry.id, [...entryIds]), eq(waitlistEntry.status, "offered")))
    .returning({ id: waitlistEntry.id });
  for (const { id } of lapsed) await tell(tx, "offer_lapsed", id);
  await recordAudit(
    tx,
    call,
    lapsed.map(({ id }) => ({
      action: "waitlist.lapse",
      entity: "waitlist_entry",
      entityId: id,
      before: { status: "offered" },
      after: { status: "lapsed" },
    })),
  );
}
