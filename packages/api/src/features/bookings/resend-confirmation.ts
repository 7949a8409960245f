import { type BookingResendInput, BookingResent } from "@lectern/contract/booking-office";
import type { BookingStatus, MailKind } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { tell } from "../notifications/tell.ts";
import { requireOfficeBooking } from "./office-booking.ts";

/** @returns the mail that a booking in this state can be told of once more; none for one that is held or over */
export function resendableKind(status: BookingStatus): MailKind | undefined {
  if (status === "confirmed") return "booking_confirmed";
  return status === "awaiting_approval" ? "approval_requested" : undefined;
}

/**
 * Sends a booking's confirmation to its booker once more, or to the approver what asks for approval, as either is written now.
 *
 * @throws NotFound; Conflict (`wrong_state`) for a booking of which there is nothing to tell; IdempotencyMismatch
 */
export async function resendConfirmation(
  db: Database,
  call: Call,
  input: z.infer<typeof BookingResendInput>,
): Promise<BookingResent> {
  const { id, reference } = await requireOfficeBooking(
    db,
    call,
    "bookings.change.any",
    input.reference,
  );
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "bookings.resend", input, BookingResent, async () => {
      const [current] = await tx
        .select({ status: booking.status })
        .from(booking)
        .where(eq(booking.id, id));
      if (current === undefined) throw notFound("booking", reference);
      const kind = resendableKind(current.status);
      if (kind === undefined) {
        throw conflict(
          "booking",
          "wrong_state",
          "Only a booking that is confirmed or waits for approval has something to tell.",
          current.status,
        );
      }
      await tell(tx, kind, id);
      await recordAudit(tx, call, {
        action: "booking.resend",
        entity: "booking",
        entityId: id,
        before: null,
        after: { kind },
      });
      return { reference, kind };
    }),
  );
}
