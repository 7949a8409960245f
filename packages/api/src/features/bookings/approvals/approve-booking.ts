import { type BookingApproveInput, BookingApproval } from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import { booking, registration } from "@lectern/database/schema/bookings";
import { transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { announceConfirmed } from "../announce-confirmed.ts";
import { takeOver } from "../confirm-booking.ts";
import { duplicateLearner } from "../write-order.ts";
import { findApproval } from "./find-approval.ts";
import { requireApproval } from "./require-approval.ts";

/**
 * Approves a booking for its company, which confirms it. One whose time was over gets its places again
 * if there are any.
 *
 * @throws NotFound; Conflict (`wrong_state`) for one that waits for no approval, HoldExpired when the
 *   places have gone, NotBookable, DiscountNotUsable, IdempotencyMismatch
 */
export async function approveBooking(
  db: Database,
  call: Call,
  input: z.infer<typeof BookingApproveInput>,
): Promise<BookingApproval> {
  const found = await requireApproval(db, call, input);
  try {
    const answer = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "bookings.approve", input, BookingApproval, async () => {
        const before = await takeOver(tx, call, found, { until: null, learners: "kept" });
        const written = await tx
          .update(booking)
          .set({
            status: "confirmed",
            approvedAt: sql`clock_timestamp()`,
            confirmedAt: sql`clock_timestamp()`,
            ...(input.purchaseOrder != null && { purchaseOrder: input.purchaseOrder }),
            updatedAt: sql`clock_timestamp()`,
          })
          .where(
            and(
              eq(booking.id, found.id),
              inArray(booking.status, ["awaiting_approval", "expired"]),
            ),
          )
          .returning({ id: booking.id });
        if (written.length === 0) {
          throw conflict("booking", "wrong_state", "This booking waits for no approval.", before);
        }
        await tx
          .update(registration)
          .set({ status: "confirmed", updatedAt: sql`clock_timestamp()` })
          .where(and(eq(registration.bookingId, found.id), eq(registration.status, "reserved")));
        await announceConfirmed(tx, found);
        await recordAudit(tx, call, {
          action: "booking.approve",
          entity: "booking",
          entityId: found.id,
          before: { status: before },
          after: { status: "confirmed" },
        });
        return findApproval(tx, call, input);
      }),
    );
    call.changed(found.runId);
    return answer;
  } catch (error) {
    throw duplicateLearner(error);
  }
}
