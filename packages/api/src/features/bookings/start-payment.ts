import {
  BookingDetail,
  type BookingStartPaymentInput,
  PAYMENT_MINUTES,
} from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { tell } from "../notifications/tell.ts";
import { requireBookedFor } from "../people/organisations/require-booked-for.ts";
import { accountsOfAddresses } from "./accounts-of-addresses.ts";
import { keepToLimit, takeOver } from "./confirm-booking.ts";
import { settleLater } from "./places/settle-later.ts";
import { type BookingRow, readBooking, requireBooking } from "./read-booking.ts";
import {
  addressesOf,
  checkOrder,
  duplicateLearner,
  nameLearners,
  writeOrder,
} from "./write-order.ts";

/** So long before its end the booker is told that the hold is about to expire. */
const WARNING_MINUTES = 5;

/**
 * Writes down who books, and gives the booker the time to pay: the hold is extended, once. It is
 * confirmed when the payment comes in.
 *
 * @throws as `confirmBooking`; Conflict (`wrong_state`) where nothing is to be paid
 */
export async function startPayment(
  db: Database,
  call: Call,
  input: z.infer<typeof BookingStartPaymentInput>,
): Promise<BookingDetail> {
  const found = await requireBooking(db, call, input, "bookings.change.any");
  checkOrder(input, found);
  await requireBookedFor(db, call, input.organisationId);
  try {
    const answer = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "bookings.startPayment", input, BookingDetail, async () => {
        const accounts = await accountsOfAddresses(tx, addressesOf(input));
        await keepToLimit(tx, found, input.booker.email);
        const until = await paymentDeadline(tx, found);
        const before = await takeOver(tx, call, found, { until, learners: "forgotten" });
        await writeOrder(tx, call, found, input, {
          status: "awaiting_payment",
          expiresAt: until,
          isExtended: true,
          approver: null,
          accounts,
        });
        await nameLearners(tx, found, input.learners, { status: "reserved", accounts });
        const detail = await readBooking(tx, call, found.reference);
        if (detail.total === null || detail.total.amount === 0) {
          throw conflict(
            "booking",
            "wrong_state",
            "There is nothing to pay: confirm the booking instead.",
          );
        }
        await tell(tx, "hold_expiring", found.id, {
          dueAt: new Date(until.getTime() - WARNING_MINUTES * 60_000),
        });
        await settleLater(tx, found.runId, until);
        await recordAudit(tx, call, {
          action: "booking.start_payment",
          entity: "booking",
          entityId: found.id,
          before: { status: before },
          after: { status: "awaiting_payment", expiresAt: until.toISOString() },
        });
        return detail;
      }),
    );
    call.changed(found.runId);
    return answer;
  } catch (error) {
    throw duplicateLearner(error);
  }
}

/** @returns the hold's end and a quarter of an hour, the first time; afterwards it stays as it is */
async function paymentDeadline(tx: Transaction, found: BookingRow): Promise<Date> {
  const [row] = await tx
    .select({
      until: sql`date_trunc('milliseconds', CASE
        WHEN ${booking.extendedAt} IS NOT NULL AND ${booking.expiresAt} > clock_timestamp() THEN ${booking.expiresAt}
        ELSE greatest(${booking.expiresAt}, clock_timestamp()) + make_interval(mins => ${PAYMENT_MINUTES})
      END)`.mapWith(booking.createdAt),
    })
    .from(booking)
    .where(eq(booking.id, found.id));
  if (row === undefined) throw notFound("booking", found.reference);
  return row.until;
}
