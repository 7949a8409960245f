import type { Permission } from "@lectern/auth/permissions";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { eq } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { asStaff, reachFor, reachesBooking } from "../../shared/reach.ts";
import type { BookingRow } from "./read-booking.ts";
import { parseReference } from "./reference.ts";

const officeBooking = prepared("bookings.office", { reference: booking.reference }, (q, $) =>
  q.select().from(booking).where(eq(booking.reference, $.reference)),
);

/**
 * Finds a booking for the academy's own people. That it is their company's, or their own, opens it to nobody here.
 *
 * @throws NotFound for a booking out of reach, as for one that does not exist; Invalid for a mistyped reference
 */
export async function requireOfficeBooking(
  db: Queryable,
  call: Call,
  permission: Permission,
  typed: string,
): Promise<BookingRow> {
  const reference = parseReference(typed);
  const found = await officeBooking.first(db, { reference });
  if (found !== undefined && (await isStaffOf(db, call, permission, found.id))) return found;
  throw notFound("booking", reference);
}

/** @returns whether the caller may do that with a booking as one of the academy's own people */
export function isStaffOf(
  db: Queryable,
  call: Call,
  permission: Permission,
  bookingId: string,
): Promise<boolean> {
  return reachesBooking(db, asStaff(reachFor(call, permission)), bookingId);
}
