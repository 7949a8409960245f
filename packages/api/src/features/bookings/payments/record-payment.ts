import { type PaymentRecordInput, PaymentRecorded } from "@lectern/contract/bookings";
import type { PaymentOutcome } from "@lectern/contract/vocabulary";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { booking, registration } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, ne, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, invalid } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { tell } from "../../notifications/tell.ts";
import { type BookingRow, requireBooking } from "../read-booking.ts";
import { seatPaid } from "./seat-paid.ts";

type RecordInput = z.infer<typeof PaymentRecordInput>;

/**
 * Writes down money that came in for a booking, and confirms the booking that waited for it. Money for a
 * booking that is over takes its places again if there are any; else it waits for a decision of staff,
 * and the booker and staff are told.
 *
 * @throws NotFound; Invalid for another currency than the booking's; Conflict (`already_exists`) for
 *   money that was recorded before; IdempotencyMismatch
 */
export async function recordPayment(
  db: Database,
  call: Call,
  input: RecordInput,
): Promise<PaymentRecorded> {
  const found = await requireBooking(db, call, { reference: input.reference }, "payments.write");
  try {
    const answer = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "bookings.recordPayment", input, PaymentRecorded, () =>
        record(tx, call, found, input),
      ),
    );
    call.changed(found.runId);
    return answer;
  } catch (error) {
    if (!violates(error, "payment_reference_key")) throw error;
    throw conflict("payment", "already_exists", "This payment was recorded before.");
  }
}

async function record(
  tx: Transaction,
  call: Call,
  found: BookingRow,
  input: RecordInput,
): Promise<PaymentRecorded> {
  const due = await amountDue(tx, found.id);
  if (due.currency !== null && due.currency !== input.amount.currency) {
    throw invalid(
      "amount.currency",
      `The booking is in ${due.currency}, the payment in ${input.amount.currency}.`,
    );
  }
  const paid = due.paid + input.amount.amount;
  const isEnough = due.total !== null && paid >= due.total;
  const outcome: PaymentOutcome = (await seatPaid(tx, call, found, isEnough)) ? "applied" : "late";
  const paymentId = uuidv7();
  await tx.insert(payment).values({
    id: paymentId,
    bookingId: found.id,
    reference: input.paymentReference,
    amount: input.amount.amount,
    currency: input.amount.currency,
    outcome,
  });
  const paymentState = isEnough ? "paid" : "part_paid";
  const [after] = await tx
    .update(booking)
    .set({
      // Money that waits for a decision has not paid for anything.
      ...(outcome === "applied" && { paymentState }),
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(booking.id, found.id))
    .returning({ status: booking.status, paymentState: booking.paymentState });
  if (outcome === "late") {
    await tell(tx, "late_payment_pending", paymentId);
    await tell(tx, "late_payment_staff", paymentId);
  } else if (found.status === "expired" && after?.status === "confirmed") {
    await tell(tx, "late_payment_seated", paymentId);
  }
  await recordAudit(tx, call, {
    action: "payment.record",
    entity: "payment",
    entityId: paymentId,
    before: null,
    after: { bookingId: found.id, ...input.amount, outcome },
  });
  return {
    paymentId,
    outcome,
    status: after?.status ?? found.status,
    paymentState: after?.paymentState ?? found.paymentState,
  };
}

/**
 * What a booking costs and what was paid, in minor units. What was paid for registrations before they
 * were transferred here counts, less the fee of the transfer.
 */
async function amountDue(
  tx: Transaction,
  bookingId: string,
): Promise<{ total: number | null; currency: string | null; paid: number }> {
  const [row] = await tx
    .select({
      total: sql`CASE WHEN bool_and(${registration.priceAmount} IS NOT NULL)
        THEN sum(${registration.priceAmount}) END`.mapWith(Number),
      currency: sql<string | null>`min(${registration.priceCurrency})`,
      paid: sql`coalesce((
        SELECT sum(p.amount) FROM payment AS p
        WHERE p.booking_id = ${bookingId}::uuid AND p.outcome = 'applied'
      ), 0) + coalesce((
        SELECT sum(before.price_amount - coalesce((
          SELECT c.fee_amount FROM registration_change AS c
          WHERE c.registration_id = before.id AND c.kind = 'transfer'
          ORDER BY c.created_at DESC, c.id DESC LIMIT 1
        ), 0))
        FROM registration AS here
          JOIN registration AS before ON before.successor_id = here.id
          JOIN booking AS origin ON origin.id = before.booking_id AND origin.payment_state = 'paid'
        WHERE here.booking_id = ${bookingId}::uuid
      ), 0)`.mapWith(Number),
    })
    .from(registration)
    .where(and(eq(registration.bookingId, bookingId), ne(registration.status, "transferred")));
  return row ?? { total: null, currency: null, paid: 0 };
}
