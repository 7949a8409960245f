import { type BookingCancelInput, BookingDetail } from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import {
  booking,
  registration,
  runCapacity,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import { transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { readBooking, requireBooking } from "./read-booking.ts";
import { lockCapacity, releaseLapsedHolds } from "./release-lapsed-holds.ts";

/**
 * Cancels a booking whose run has not begun, and gives its places back in the same transaction.
 *
 * @throws NotFound, Conflict (`wrong_state`: cancelled or expired already, or the run has begun),
 *   IdempotencyMismatch
 */
export async function cancelBooking(
  db: Database,
  call: Call,
  input: z.infer<typeof BookingCancelInput>,
): Promise<BookingDetail> {
  const found = await requireBooking(db, call, input);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "bookings.cancel", input, BookingDetail, async () => {
      await lockCapacity(tx, found.runId);
      await releaseLapsedHolds(tx, call, found.runId);
      const released = await tx
        .update(seatAllocation)
        .set({ state: "released", endedAt: sql`clock_timestamp()` })
        .where(and(eq(seatAllocation.bookingId, found.id), eq(seatAllocation.state, "active")))
        .returning({ quantity: seatAllocation.quantity });
      const places = released.reduce((sum, allocation) => sum + allocation.quantity, 0);
      await tx
        .update(runCapacity)
        .set({ taken: sql`${runCapacity.taken} - ${places}` })
        .where(eq(runCapacity.runId, found.runId));
      const cancelled = await tx
        .update(booking)
        .set({
          status: "cancelled",
          cancelledAt: sql`clock_timestamp()`,
          cancelledReason: input.reason ?? null,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(
          and(
            eq(booking.id, found.id),
            inArray(booking.status, ["held", "awaiting_payment", "awaiting_approval", "confirmed"]),
            sql`EXISTS (SELECT FROM course_run WHERE id = ${found.runId} AND starts_at > clock_timestamp())`,
          ),
        )
        .returning({ id: booking.id });
      if (cancelled.length === 0) {
        throw conflict(
          "booking",
          "wrong_state",
          "This booking can't be cancelled any more.",
          found.status,
        );
      }
      await tx
        .update(registration)
        .set({ status: "cancelled", updatedAt: sql`clock_timestamp()` })
        .where(
          and(
            eq(registration.bookingId, found.id),
            inArray(registration.status, ["reserved", "confirmed"]),
          ),
        );
      await recordAudit(tx, call, {
        action: "booking.cancel",
        entity: "booking",
        entityId: found.id,
        before: { status: found.status },
        after: { status: "cancelled", places },
      });
      return readBooking(tx, found.id);
    }),
  );
}
