import { personOf, reachOf } from "@lectern/auth/actor";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { eq } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";
import { reachesBooking } from "../../../shared/reach.ts";
import type { BookingRow } from "../read-booking.ts";
import { parseReference } from "../reference.ts";

const bookingToApprove = prepared("bookings.toApprove", { reference: booking.reference }, (q, $) =>
  q.select().from(booking).where(eq(booking.reference, $.reference)),
);

/** What shows that a caller may approve a booking: the key from the mail, managing its company, or being staff. */
export interface ApprovalProof {
  readonly reference: string;
  readonly approvalKey?: string | null | undefined;
}

/** A booking with an approver. */
export interface BookingToApprove extends BookingRow {
  readonly approverName: string;
  readonly approverEmail: string;
  readonly bookerName: string;
  readonly bookerEmail: string;
}

function hasApprover(row: BookingRow): row is BookingToApprove {
  return row.approverEmail !== null && row.bookerEmail !== null;
}

/**
 * Finds a booking for whoever was asked to approve it, for who manages its company, and for staff. A manager who booked it
 * themselves is not the one to approve it.
 *
 * @throws NotFound for an unknown reference, a wrong key and a booking without an approver alike
 */
export async function requireApproval(
  db: Queryable,
  call: Call,
  { reference: typed, approvalKey }: ApprovalProof,
): Promise<BookingToApprove> {
  const reference = parseReference(typed);
  const found = await bookingToApprove.first(db, { reference });
  if (found === undefined || !hasApprover(found)) throw notFound("booking", reference);
  const isAllowedTo =
    approvalKey == null
      ? await mayDecide(db, call, found)
      : call.accessKeys.isKeyFor("approval", found.id, approvalKey);
  if (!isAllowedTo) throw notFound("booking", reference);
  return found;
}

async function mayDecide(
  db: Queryable,
  { actor }: Call,
  { id, bookerId }: BookingRow,
): Promise<boolean> {
  const isOwn = bookerId !== null && bookerId === personOf(actor);
  return reachesBooking(db, reachOf(actor, isOwn ? "bookings.decide" : "bookings.change.any"), id);
}
