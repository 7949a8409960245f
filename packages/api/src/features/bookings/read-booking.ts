import type { BookingDetail } from "@lectern/contract/bookings";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { booking, registration, runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { asc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { moneyOrNull } from "../../shared/money.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { parseReference } from "./reference.ts";

export type BookingRow = typeof booking.$inferSelect;
type RegistrationRow = typeof registration.$inferSelect;

const bookingByReference = prepared(
  "bookings.byReference",
  { reference: booking.reference },
  (q, $) => q.select().from(booking).where(eq(booking.reference, $.reference)),
);

const bookingWithRun = prepared("bookings.withRun", { id: booking.id }, (q, $) =>
  q
    .select({
      booking: getTableColumns(booking),
      run: runSummaryColumns,
      serverTime: sql`clock_timestamp()`.mapWith(booking.createdAt).as("server_time"),
    })
    .from(booking)
    .innerJoin(courseRun, eq(courseRun.id, booking.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .where(eq(booking.id, $.id)),
);

const registrationsOf = prepared("bookings.registrations", { bookingId: booking.id }, (q, $) =>
  q
    .select()
    .from(registration)
    .where(eq(registration.bookingId, $.bookingId))
    .orderBy(asc(registration.position)),
);

/** What shows that a caller may see and change a booking. */
export interface BookingProof {
  readonly reference: string;
  readonly accessKey: string;
}

/**
 * Finds a booking for whoever holds its key.
 *
 * @throws NotFound for a reference that does not exist and for a wrong key alike, so that neither
 *   can be told from the other; Invalid for a mistyped reference
 */
export async function requireBooking(
  db: Queryable,
  call: Call,
  proof: BookingProof,
): Promise<BookingRow> {
  const reference = parseReference(proof.reference);
  const found = await bookingByReference.first(db, { reference });
  if (found === undefined || !call.accessKeys.isKeyFor(found.id, proof.accessKey)) {
    throw notFound("booking", reference);
  }
  return found;
}

/**
 * @returns the booking as its booker sees it; a hold past its time is shown as expired even before
 *   its places are claimed by somebody else
 * @throws NotFound when the booking has gone meanwhile
 */
export async function readBooking(db: Queryable, bookingId: string): Promise<BookingDetail> {
  const [row, registrations] = await Promise.all([
    bookingWithRun.first(db, { id: bookingId }),
    registrationsOf.execute(db, { bookingId }),
  ]);
  if (row === undefined) throw notFound("booking", bookingId);
  const { booking: found, serverTime } = row;
  const hasLapsed =
    found.status === "held" && found.expiresAt !== null && found.expiresAt <= serverTime;
  return {
    reference: found.reference,
    status: hasLapsed ? "expired" : found.status,
    paymentState: found.paymentState,
    run: toRunSummary(row.run),
    places: found.places,
    total: totalOf(registrations),
    booker: bookerOf(found),
    registrations: registrations.map(toRegistrationDetail),
    createdAt: found.createdAt.toISOString(),
    expiresAt: found.expiresAt?.toISOString() ?? null,
    confirmedAt: found.confirmedAt?.toISOString() ?? null,
    cancelledAt: found.cancelledAt?.toISOString() ?? null,
    serverTime: serverTime.toISOString(),
  };
}

function bookerOf(row: BookingRow): BookingDetail["booker"] {
  if (row.bookerName === null || row.bookerEmail === null) return null;
  return {
    name: row.bookerName,
    email: row.bookerEmail,
    company: row.bookerCompany,
    phone: row.bookerPhone,
  };
}

/** What all places cost together; `null` where one has no price. All are of one run and one currency. */
function totalOf(rows: readonly RegistrationRow[]): BookingDetail["total"] {
  let amount = 0;
  for (const row of rows) {
    if (row.priceAmount === null) return null;
    amount += row.priceAmount;
  }
  return moneyOrNull(amount, rows[0]?.priceCurrency ?? null);
}

function toRegistrationDetail(row: RegistrationRow): BookingDetail["registrations"][number] {
  const { learnerName: name, learnerEmail: email } = row;
  return {
    id: row.id,
    position: row.position,
    status: row.status,
    learner: name === null || email === null ? null : { name, email },
    price: moneyOrNull(row.priceAmount, row.priceCurrency),
  };
}
