import { BookingApproval, type BookingRefuseInput } from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import { booking, registration, seatAllocation } from "@lectern/database/schema/bookings";
import { transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { releaseDiscounts } from "../../billing/use-discount.ts";
import { tell } from "../../notifications/tell.ts";
import { givePlacesBack } from "../places/counter.ts";
import { serveWaitlist } from "../places/serve-waitlist.ts";
import { lockSettled } from "../places/settle-places.ts";
import { findApproval } from "./find-approval.ts";
import { requireApproval } from "./require-approval.ts";

/**
 * Refuses a booking for its company: it is cancelled, and its places go to whoever waits.
 *
 * @throws NotFound; Conflict (`wrong_state`) for one that waits for no approval; IdempotencyMismatch
 */
export async function refuseBooking(
  db: Database,
  call: Call,
  input: z.infer<typeof BookingRefuseInput>,
): Promise<BookingApproval> {
  const found = await requireApproval(db, call, input);
  const answer = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "bookings.refuse", input, BookingApproval, async () => {
      await lockSettled(tx, call, found.runId);
      const released = await tx
        .update(seatAllocation)
        .set({ state: "released", endedAt: sql`clock_timestamp()` })
        .where(
          and(
            eq(seatAllocation.bookingId, found.id),
            eq(seatAllocation.kind, "hold"),
            eq(seatAllocation.state, "active"),
          ),
        )
        .returning({ quantity: seatAllocation.quantity });
      const refused = await tx
        .update(booking)
        .set({
          status: "cancelled",
          cancelledAt: sql`clock_timestamp()`,
          cancelledReason: input.reason ?? null,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(and(eq(booking.id, found.id), eq(booking.status, "awaiting_approval")))
        .returning({ id: booking.id });
      if (refused.length === 0) {
        throw conflict("booking", "wrong_state", "This booking waits for no approval.");
      }
      await tx
        .update(registration)
        .set({
          status: "cancelled",
          cancelledAt: sql`clock_timestamp()`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(and(eq(registration.bookingId, found.id), eq(registration.status, "reserved")));
      await releaseDiscounts(tx, [found.id]);
      await givePlacesBack(
        tx,
        found.runId,
        released.reduce((sum, { quantity }) => sum + quantity, 0),
      );
      await serveWaitlist(tx, call, found.runId);
      await tell(tx, "approval_refused", found.id);
      await recordAudit(tx, call, {
        action: "booking.refuse",
        entity: "booking",
        entityId: found.id,
        before: { status: "awaiting_approval" },
        after: { status: "cancelled" },
      });
      return findApproval(tx, call, input);
    }),
  );
  call.changed(found.runId);
  return answer;
}
