import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import {
  booking,
  registration,
  runChoice,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import { type StoredCancellationPolicy, courseRun } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { and, asc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import { notFound } from "../../../domain-error.ts";
import type { BookingRow } from "../read-booking.ts";

export type RegistrationRow = typeof registration.$inferSelect;
export type ChoiceRow = typeof runChoice.$inferSelect;

/** What decides about changes of a run's registrations, as of a moment of the database's clock. */
export interface RunTerms {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly policy: StoredCancellationPolicy;
  readonly at: Date;
}

/** A booking with its registrations and the questions that they have yet to answer. */
export interface WholeBooking {
  readonly booking: BookingRow;
  /** By position. */
  readonly registrations: readonly RegistrationRow[];
  /** By registration. */
  readonly openChoices: ReadonlyMap<string, ChoiceRow>;
  readonly terms: RunTerms;
}

/** The same, with its rows locked until the transaction ends. */
export interface LockedBooking extends WholeBooking {
  /** The places that it has; `undefined` once it has none. */
  readonly allocation: { readonly id: string; readonly quantity: number } | undefined;
}

/**
 * Locks a booking's places, the booking and its registrations, in the order that everybody keeps.
 * Whoever goes on to change places has locked the run's counter before.
 *
 * @returns what they are once the locks are held, and the moment after
 * @throws NotFound
 */
export async function lockBooking(tx: Transaction, bookingId: string): Promise<LockedBooking> {
  const [allocation] = await tx
    .select({ id: seatAllocation.id, quantity: seatAllocation.quantity })
    .from(seatAllocation)
    .where(and(eq(seatAllocation.bookingId, bookingId), eq(seatAllocation.state, "active")))
    .for("no key update");
  const [found] = await tx
    .select()
    .from(booking)
    .where(eq(booking.id, bookingId))
    .for("no key update");
  if (found === undefined) throw notFound("booking", bookingId);
  const registrations = await tx
    .select()
    .from(registration)
    .where(eq(registration.bookingId, bookingId))
    .orderBy(asc(registration.position))
    .for("no key update");
  return { allocation, ...(await withTerms(tx, found, registrations)) };
}

const BOOKING = { bookingId: booking.id };

const bookingById = prepared("bookings.byId", BOOKING, (q, $) =>
  q.select().from(booking).where(eq(booking.id, $.bookingId)),
);
const registrationsOf = prepared("registrations.ofBooking", BOOKING, (q, $) =>
  q
    .select()
    .from(registration)
    .where(eq(registration.bookingId, $.bookingId))
    .orderBy(asc(registration.position)),
);
const openChoicesOf = prepared("registrations.openChoices", BOOKING, (q, $) =>
  q
    .select(getTableColumns(runChoice))
    .from(runChoice)
    .innerJoin(registration, eq(registration.id, runChoice.registrationId))
    .where(and(eq(registration.bookingId, $.bookingId), eq(runChoice.state, "open"))),
);

const termColumns = {
  startsAt: courseRun.startsAt,
  endsAt: courseRun.endsAt,
  policy: courseRun.cancellationPolicy,
  at: sql`clock_timestamp()`.mapWith(courseRun.startsAt),
};
const termsOf = prepared("registrations.terms", BOOKING, (q, $) =>
  q
    .select(termColumns)
    .from(booking)
    .innerJoin(courseRun, eq(courseRun.id, booking.runId))
    .where(eq(booking.id, $.bookingId)),
);

/**
 * Reads the same without locks, to show what a change would cost: in one round trip.
 *
 * @throws NotFound
 */
export async function readWholeBooking(db: Queryable, bookingId: string): Promise<WholeBooking> {
  const [found, registrations, open, terms] = await Promise.all([
    bookingById.first(db, { bookingId }),
    registrationsOf.execute(db, { bookingId }),
    openChoicesOf.execute(db, { bookingId }),
    termsOf.first(db, { bookingId }),
  ]);
  if (found === undefined || terms === undefined) throw notFound("booking", bookingId);
  return { booking: found, registrations, openChoices: byRegistration(open), terms };
}

function byRegistration(choices: readonly ChoiceRow[]): ReadonlyMap<string, ChoiceRow> {
  return new Map(choices.map((choice) => [choice.registrationId, choice]));
}

async function withTerms(
  db: Queryable,
  found: BookingRow,
  registrations: readonly RegistrationRow[],
): Promise<WholeBooking> {
  const ids = registrations.map(({ id }) => id);
  const open = await db
    .select()
    .from(runChoice)
    .where(and(inArray(runChoice.registrationId, ids), eq(runChoice.state, "open")));
  return {
    booking: found,
    registrations,
    openChoices: byRegistration(open),
    terms: await readRunTerms(db, found.runId),
  };
}

/**
 * @returns the run's terms, and the moment at which they were read
 * @throws NotFound
 */
async function readRunTerms(db: Queryable, runId: string): Promise<RunTerms> {
  const [terms] = await db.select(termColumns).from(courseRun).where(eq(courseRun.id, runId));
  if (terms === undefined) throw notFound("run", runId);
  return terms;
}

/**
 * @returns those registrations of the booking, by position
 * @throws NotFound for one that is not the booking's
 */
export function pickRegistrations(
  { registrations }: WholeBooking,
  ids: readonly string[],
): RegistrationRow[] {
  for (const id of ids) {
    if (!registrations.some((row) => row.id === id)) throw notFound("registration", id);
  }
  return registrations.filter(({ id }) => ids.includes(id));
}
