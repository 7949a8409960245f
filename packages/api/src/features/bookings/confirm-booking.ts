import {
  APPROVAL_HOURS,
  type BookingConfirmInput,
  BookingDetail,
} from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import { booking, seatAllocation } from "@lectern/database/schema/bookings";
import { quote } from "@lectern/database/schema/quotes";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { tell } from "../notifications/tell.ts";
import { requireBookedFor } from "../people/organisations/require-booked-for.ts";
import { accountsOfAddresses } from "./accounts-of-addresses.ts";
import { announceConfirmed } from "./announce-confirmed.ts";
import { checkBookerLimit, lockBooker } from "./booker-limit.ts";
import { settleLater } from "./places/settle-later.ts";
import { type BookingRow, readBooking, requireBooking } from "./read-booking.ts";
import { type Keeping, takePlacesAgain } from "./take-places-again.ts";
import {
  addressesOf,
  checkOrder,
  duplicateLearner,
  nameLearners,
  writeOrder,
} from "./write-order.ts";

type ConfirmInput = z.infer<typeof BookingConfirmInput>;

/**
 * Turns a hold into a confirmed booking, to be paid by invoice; with an approver, into one that waits
 * for the company's approval. The places change their kind and not their number. A hold past its time
 * gets its places again if there are any.
 *
 * @throws NotFound, Invalid, Forbidden for an organisation that the caller may not book for, Conflict
 *   (`wrong_state`, `duplicate_learner`), HoldExpired when the places have gone meanwhile, NotBookable
 *   when the run can't be booked any more, TooManyPlaces, DiscountNotUsable, IdempotencyMismatch
 */
export async function confirmBooking(
  db: Database,
  call: Call,
  input: ConfirmInput,
): Promise<BookingDetail> {
  const found = await requireBooking(db, call, input, "bookings.change.any");
  checkOrder(input, found);
  await requireBookedFor(db, call, input.organisationId);
  const approver = input.approver ?? null;
  try {
    const answer = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "bookings.confirm", input, BookingDetail, async () => {
        const accounts = await accountsOfAddresses(tx, addressesOf(input));
        await keepToLimit(tx, found, input.booker.email);
        const until = approver === null ? null : await approvalDeadline(tx, found.runId);
        const before = await takeOver(tx, call, found, { until, learners: "forgotten" });
        await writeOrder(tx, call, found, input, {
          status: approver === null ? "confirmed" : "awaiting_approval",
          expiresAt: until,
          isExtended: false,
          approver,
          accounts,
        });
        const status = approver === null ? "confirmed" : "reserved";
        await nameLearners(tx, found, input.learners, { status, accounts });
        if (until === null) await announceConfirmed(tx, found);
        else await askForApproval(tx, found, until);
        await recordAudit(tx, call, {
          action: approver === null ? "booking.confirm" : "booking.request_approval",
          entity: "booking",
          entityId: found.id,
          before: { status: before },
          after: {
            status: approver === null ? "confirmed" : "awaiting_approval",
            places: found.places,
            named: input.learners.length,
          },
        });
        return readBooking(tx, call, found.reference);
      }),
    );
    call.changed(found.runId);
    return answer;
  } catch (error) {
    throw duplicateLearner(error);
  }
}

/** Holds whoever books to the run's limit: here at the latest the address is known. */
export async function keepToLimit(
  tx: Transaction,
  found: BookingRow,
  email: string,
): Promise<void> {
  await lockBooker(tx, found.runId, email);
  // So many places were agreed on with whoever books them.
  if (await isQuoted(tx, found.id)) return;
  await checkBookerLimit(tx, {
    runId: found.runId,
    email,
    places: found.places,
    besides: found.id,
  });
}

async function isQuoted(tx: Transaction, bookingId: string): Promise<boolean> {
  return (await tx.$count(quote, eq(quote.bookingId, bookingId))) > 0;
}

async function askForApproval(tx: Transaction, found: BookingRow, until: Date): Promise<void> {
  await tell(tx, "approval_requested", found.id);
  await settleLater(tx, found.runId, until);
}

/** @returns until when a company may think about it: three days, and not past the end of booking */
async function approvalDeadline(tx: Transaction, runId: string): Promise<Date> {
  const [row] = await tx
    .select({
      until: sql`date_trunc('milliseconds', least(
        clock_timestamp() + make_interval(hours => ${APPROVAL_HOURS}),
        ${courseRun.bookingClosesAt}, ${courseRun.startsAt}
      ))`.mapWith(courseRun.startsAt),
    })
    .from(courseRun)
    .where(eq(courseRun.id, runId));
  if (row === undefined) throw new Error("A booking is of a run that does not exist");
  return row.until;
}

/**
 * Makes the places of a hold the booking's own, or sets them aside until another time; those of a hold
 * past its time are taken again.
 *
 * @returns the state that the booking was in
 * @throws HoldExpired when the places have gone meanwhile, and as `takePlacesAgain`
 */
export async function takeOver(
  tx: Transaction,
  call: Call,
  found: BookingRow,
  keeping: Keeping,
): Promise<BookingRow["status"]> {
  const { until } = keeping;
  const kept = await tx
    .update(seatAllocation)
    .set(until === null ? { kind: "booking", expiresAt: null } : { expiresAt: until })
    .where(
      and(
        eq(seatAllocation.bookingId, found.id),
        eq(seatAllocation.kind, "hold"),
        eq(seatAllocation.state, "active"),
        sql`${seatAllocation.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({ id: seatAllocation.id });
  if (kept.length > 0) {
    const [current] = await tx
      .select({ status: booking.status })
      .from(booking)
      .where(eq(booking.id, found.id))
      .for("update");
    return current?.status ?? found.status;
  }
  if ((await takePlacesAgain(tx, call, found, keeping)) === "taken") return "expired";
  const expiredAt = (found.expiresAt ?? found.updatedAt).toISOString();
  throw new DomainError(
    { code: "HoldExpired", data: { reference: found.reference, expiredAt } },
    "The hold has expired and its places have gone to somebody else.",
  );
}
