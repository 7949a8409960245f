import { booking, seatAllocation } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { releaseDiscounts } from "../../billing/use-discount.ts";
import { givePlacesBack } from "../places/counter.ts";
import { HOLDING } from "../places/release-lapsed.ts";
import { serveWaitlist } from "../places/serve-waitlist.ts";
import type { LockedBooking } from "./locked-booking.ts";
import { isHeld } from "./obstacles.ts";

/** What ended the last registration of a booking. */
export type EndedBy = "booking.cancel" | "registration.cancel" | "registration.transfer";

/**
 * Gives back places of a booking whose registrations have come to an end, and offers what became free
 * to the queue. The booking ends with its last place, and the use of its discount code is given back
 * then. The run's counter and the booking are locked.
 *
 * @param places so many registrations have come to an end
 * @param reason for the booking, should it end
 */
export async function releasePlaces(
  tx: Transaction,
  call: Call,
  locked: LockedBooking,
  places: number,
  { endedBy, reason }: { endedBy: EndedBy; reason: string | null },
): Promise<void> {
  if (places === 0) return;
  const { id, runId } = locked.booking;
  const hasEnded = await reduce(tx, locked, places);
  await givePlacesBack(tx, runId, places);
  if (hasEnded) await endBooking(tx, call, locked, { endedBy, reason });
  await serveWaitlist(tx, call, runId);
  if (hasEnded) await releaseDiscounts(tx, [id]);
}

/** @returns whether no place is left */
async function reduce(tx: Transaction, locked: LockedBooking, places: number): Promise<boolean> {
  const { booking: found, allocation } = locked;
  if (allocation === undefined) throw new Error("A booking with registrations has no places");
  const isAllocation = eq(seatAllocation.id, allocation.id);
  const ended = await tx
    .update(seatAllocation)
    .set({ state: "released", endedAt: sql`clock_timestamp()` })
    .where(and(isAllocation, eq(seatAllocation.quantity, places)))
    .returning({ id: seatAllocation.id });
  if (ended.length > 0) return true;
  await tx
    .update(seatAllocation)
    .set({ quantity: sql`${seatAllocation.quantity} - ${places}` })
    .where(isAllocation);
  // A hold is for so many places as are still set aside.
  if (isHeld(found)) {
    await tx
      .update(booking)
      .set({ places: sql`${booking.places} - ${places}`, updatedAt: sql`clock_timestamp()` })
      .where(eq(booking.id, found.id));
  }
  return false;
}

async function endBooking(
  tx: Transaction,
  call: Call,
  { booking: found }: LockedBooking,
  { endedBy, reason }: { endedBy: EndedBy; reason: string | null },
): Promise<void> {
  await tx
    .update(booking)
    .set({
      status: "cancelled",
      cancelledAt: sql`clock_timestamp()`,
      cancelledReason: reason,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(booking.id, found.id), inArray(booking.status, [...HOLDING, "confirmed"])));
  await recordAudit(tx, call, {
    action: "booking.cancel",
    entity: "booking",
    entityId: found.id,
    before: { status: found.status },
    after: { status: "cancelled", because: endedBy },
  });
}
