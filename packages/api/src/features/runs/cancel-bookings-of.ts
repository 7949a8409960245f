import {
  booking,
  registration,
  runCapacity,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { releaseDiscounts } from "../billing/use-discount.ts";
import { HOLDING, releaseLapsed } from "../bookings/places/release-lapsed.ts";
import { openChoices } from "../bookings/registrations/open-choices.ts";
import { tell } from "../notifications/tell.ts";
import { closeQueue } from "../waitlist/close-queue.ts";

/**
 * Cancels the bookings of a run whose counter the transaction has closed, gives all places back, and
 * closes the waiting list. People with a confirmed booking are asked what they want instead; whoever
 * waits for an approval or a payment is told; a hold just ends.
 *
 * @param because what cancelled the run, for the audit log
 * @returns how many bookings were still alive, and how many parties waited or had an offer
 */
export async function cancelBookingsOf(
  tx: Transaction,
  call: Call,
  runId: string,
  because: "run.cancel" | "run.import",
): Promise<{ bookings: number; parties: number }> {
  // What was over before is not cancelled now.
  await releaseLapsed(tx, call, runId);
  const parties = await closeQueue(tx, call, runId, ["waiting", "offered"]);
  await releaseAll(tx, runId);
  const cancelled = await cancelAll(tx, runId);
  const ids = cancelled.map(({ id }) => id);
  await tx
    .update(registration)
    .set({
      status: "cancelled",
      cancelledAt: sql`clock_timestamp()`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(
      and(
        inArray(registration.bookingId, ids),
        inArray(registration.status, ["reserved", "confirmed"]),
      ),
    );
  await releaseDiscounts(tx, ids);
  await recordAudit(
    tx,
    call,
    ids.map((entityId) => ({
      action: "booking.cancel",
      entity: "booking",
      entityId,
      before: null,
      after: { status: "cancelled", because },
    })),
  );
  await openChoices(tx, call, runId, "run_cancelled");
  for (const { id, isConfirmed, isKnown } of cancelled) {
    if (!isConfirmed && isKnown) await tell(tx, "booking_cancelled", id);
  }
  return { bookings: ids.length, parties };
}

async function releaseAll(tx: Transaction, runId: string): Promise<void> {
  await tx
    .update(seatAllocation)
    .set({ state: "released", endedAt: sql`clock_timestamp()` })
    .where(and(eq(seatAllocation.runId, runId), eq(seatAllocation.state, "active")));
  await tx.update(runCapacity).set({ taken: 0 }).where(eq(runCapacity.runId, runId));
}

interface Cancelled {
  readonly id: string;
  readonly isConfirmed: boolean;
  /** Whether it has a booker who can be told. */
  readonly isKnown: boolean;
}

async function cancelAll(tx: Transaction, runId: string): Promise<Cancelled[]> {
  return tx
    .update(booking)
    .set({
      status: "cancelled",
      cancelledAt: sql`clock_timestamp()`,
      cancelledReason: "The date was cancelled.",
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(booking.runId, runId), inArray(booking.status, [...HOLDING, "confirmed"])))
    .returning({
      id: booking.id,
      isConfirmed: sql<boolean>`${booking.confirmedAt} IS NOT NULL`,
      isKnown: sql<boolean>`${booking.bookerEmail} IS NOT NULL AND ${booking.bookerName} IS NOT NULL`,
    });
}
