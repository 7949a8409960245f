import { violates } from "@lectern/database/errors";
import { booking, registration, seatAllocation } from "@lectern/database/schema/bookings";
import { type Transaction, savepoint } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { DomainError } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { announceConfirmed } from "../announce-confirmed.ts";
import { lockSettled } from "../places/settle-places.ts";
import type { BookingRow } from "../read-booking.ts";
import { takePlacesAgain } from "../take-places-again.ts";

/**
 * Gives a booking that was paid for its places for good: those that are set aside for it, or, when its
 * time was over, the same number again.
 *
 * @param isEnough whether all of it is paid; a part confirms nothing
 * @returns false when the money came too late: the booking is over, and its places can't be had again
 */
export async function seatPaid(
  tx: Transaction,
  call: Call,
  found: BookingRow,
  isEnough: boolean,
): Promise<boolean> {
  await lockSettled(tx, call, found.runId);
  const [current] = await tx
    .select({ status: booking.status, bookerName: booking.bookerName })
    .from(booking)
    .where(eq(booking.id, found.id))
    .for("update");
  switch (current?.status) {
    case "confirmed":
      return true;
    case "awaiting_payment":
      if (!isEnough) return true;
      await keepPlaces(tx, found.id);
      await confirm(tx, call, found, "awaiting_payment");
      return true;
    case "expired":
      // Of a hold, an address may be known and nobody who books.
      if (!isEnough || current.bookerName === null) return false;
      if (!(await tryAgain(tx, call, found))) return false;
      await confirm(tx, call, found, "expired");
      return true;
    // A hold without a booker, a booking that its company has to approve, one that was cancelled.
    case "held":
    case "awaiting_approval":
    case "cancelled":
    case undefined:
      return false;
  }
}

async function keepPlaces(tx: Transaction, bookingId: string): Promise<void> {
  await tx
    .update(seatAllocation)
    .set({ kind: "booking", expiresAt: null })
    .where(and(eq(seatAllocation.bookingId, bookingId), eq(seatAllocation.state, "active")));
}

/** What says no here is no failure of the payment: a place or a name may be taken, a date over. */
async function tryAgain(tx: Transaction, call: Call, found: BookingRow): Promise<boolean> {
  try {
    return await savepoint(
      tx,
      async (inner) =>
        (await takePlacesAgain(inner, call, found, { until: null, learners: "kept" })) === "taken",
    );
  } catch (error) {
    if (error instanceof DomainError || violates(error, "registration_learner_key")) return false;
    throw error;
  }
}

async function confirm(
  tx: Transaction,
  call: Call,
  found: BookingRow,
  before: BookingRow["status"],
): Promise<void> {
  await tx
    .update(booking)
    .set({
      status: "confirmed",
      confirmedAt: sql`clock_timestamp()`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(booking.id, found.id));
  await tx
    .update(registration)
    .set({ status: "confirmed", updatedAt: sql`clock_timestamp()` })
    .where(and(eq(registration.bookingId, found.id), eq(registration.status, "reserved")));
  await announceConfirmed(tx, found);
  await recordAudit(tx, call, {
    action: "booking.confirm",
    entity: "booking",
    entityId: found.id,
    before: { status: before },
    after: { status: "confirmed", because: "payment" },
  });
}
