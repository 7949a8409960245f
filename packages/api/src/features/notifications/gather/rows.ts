import { int4, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import {
  booking,
  registration,
  registrationChange,
  runCapacity,
  runChoice,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, room, session, venue } from "@lectern/database/schema/scheduling";
import { and, asc, desc, eq, getTableColumns, sql } from "drizzle-orm";
import {
  betterTranslation,
  LANGUAGE_PARAMETERS,
  wantedLanguages,
} from "../../../shared/in-language.ts";
import { wordsFor } from "../letters/write-letter.ts";

/** The queries behind mails: rows as they are when a mail is written. */

export type BookingRow = typeof booking.$inferSelect;
export type RegistrationRow = typeof registration.$inferSelect;
export type EntryRow = typeof waitlistEntry.$inferSelect;
export type PaymentRow = typeof payment.$inferSelect;
export type ChangeRow = typeof registrationChange.$inferSelect;

export interface SittingRow {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly roomName: string | null;
  readonly roomKind: (typeof room.$inferSelect)["kind"] | null;
}

const runById = prepared("mail.run", { id: courseRun.id, ...LANGUAGE_PARAMETERS }, (q, $) =>
  q
    .select({
      id: courseRun.id,
      status: courseRun.status,
      deliveryMode: courseRun.deliveryMode,
      timeZone: courseRun.timeZone,
      startsAt: courseRun.startsAt,
      endsAt: courseRun.endsAt,
      minPlaces: courseRun.minPlaces,
      decisionAt: courseRun.decisionAt,
      cancelledReason: courseRun.cancelledReason,
      version: courseRun.version,
      isBegun: sql`${courseRun.startsAt} <= clock_timestamp()`.mapWith(Boolean).as("is_begun"),
      courseSlug: course.slug,
      courseTitle: course.title,
      translation: betterTranslation($),
      taken: runCapacity.taken,
      venueName: venue.name,
      venueStreet: venue.street,
      venueCity: venue.city,
    })
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .leftJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .where(eq(courseRun.id, $.id)),
);

const sittingsOf = prepared("mail.sittings", { runId: session.runId }, (q, $) =>
  q
    .select({
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      roomName: room.name,
      roomKind: room.kind,
    })
    .from(session)
    .leftJoin(room, eq(room.id, session.roomId))
    .where(eq(session.runId, $.runId))
    .orderBy(asc(session.startsAt), asc(session.position)),
);

const bookingById = prepared("mail.booking", { id: booking.id }, (q, $) =>
  q.select().from(booking).where(eq(booking.id, $.id)),
);

const registrationsOf = prepared("mail.registrations", { bookingId: booking.id }, (q, $) =>
  q
    .select()
    .from(registration)
    .where(eq(registration.bookingId, $.bookingId))
    .orderBy(asc(registration.position)),
);

const registrationById = prepared("mail.registration", { id: registration.id }, (q, $) =>
  q.select().from(registration).where(eq(registration.id, $.id)),
);

const predecessorOf = prepared("mail.predecessor", { id: registration.id }, (q, $) =>
  q.select().from(registration).where(eq(registration.successorId, $.id)).limit(1),
);

const confirmedBookings = prepared("mail.confirmedBookings", { runId: booking.runId }, (q, $) =>
  q
    .select({ id: booking.id })
    .from(booking)
    .where(and(eq(booking.runId, $.runId), eq(booking.status, "confirmed")))
    .orderBy(asc(booking.id)),
);

const changesOf = prepared("mail.changes", { registrationId: registration.id }, (q, $) =>
  q
    .select()
    .from(registrationChange)
    .where(eq(registrationChange.registrationId, $.registrationId))
    .orderBy(desc(registrationChange.createdAt), desc(registrationChange.id)),
);

const entryById = prepared("mail.waitlistEntry", { id: waitlistEntry.id }, (q, $) =>
  q
    .select({
      entry: getTableColumns(waitlistEntry),
      position: sql`(
        SELECT count(*)::int FROM waitlist_entry ahead
        WHERE ahead.run_id = waitlist_entry.run_id AND ahead.status = 'waiting'
          AND ahead.ticket <= waitlist_entry.ticket
      )`
        .mapWith(int4)
        .as("position"),
      isOfferOpen: sql`coalesce(${waitlistEntry.offerExpiresAt} > clock_timestamp(), false)`
        .mapWith(Boolean)
        .as("is_offer_open"),
    })
    .from(waitlistEntry)
    .where(eq(waitlistEntry.id, $.id)),
);

const paymentById = prepared("mail.payment", { id: payment.id }, (q, $) =>
  q.select().from(payment).where(eq(payment.id, $.id)),
);

/**
 * A registration and those that it was transferred from, all the way back: an entry in a learner's
 * calendar moves with them. Each step, and each claim, counts for more than all that was before.
 */
const seatLine = prepared("mail.seatLine", { id: uuid }, (_, $) =>
  rows(
    { rootId: uuid, sequence: int4 },
    sql`WITH RECURSIVE line AS (
        SELECT id, run_id, claim_version, 0 AS depth FROM registration WHERE id = ${$.id}
        UNION ALL
        SELECT before.id, before.run_id, before.claim_version, line.depth + 1
        FROM registration before JOIN line ON before.successor_id = line.id WHERE line.depth < 100
      )
      SELECT (array_agg(line.id ORDER BY line.depth DESC))[1] AS root_id,
        (2 * sum(run.calendar_sequence + line.claim_version) - 2)::int AS sequence
      FROM line JOIN course_run run ON run.id = line.run_id`,
  ),
);

/** The same of a booking, as long as all of its places moved together. */
const bookingLine = prepared("mail.bookingLine", { id: uuid }, (_, $) =>
  rows(
    { rootId: uuid, sequence: int4 },
    sql`WITH RECURSIVE line AS (
        SELECT id, run_id, places, origin_id, 0 AS depth FROM booking WHERE id = ${$.id}
        UNION ALL
        SELECT before.id, before.run_id, before.places, before.origin_id, line.depth + 1
        FROM booking before JOIN line ON before.id = line.origin_id AND before.places = line.places
        WHERE line.depth < 100
      )
      SELECT (array_agg(line.id ORDER BY line.depth DESC))[1] AS root_id,
        (2 * sum(run.calendar_sequence + 1) - 2)::int AS sequence
      FROM line JOIN course_run run ON run.id = line.run_id`,
  ),
);

export type RunRow = NonNullable<Awaited<ReturnType<typeof findRun>>>;

/** @param language BCP 47, of whoever reads of it: its course is called as in the language that they are written to in */
export async function findRun(db: Queryable, id: string, language: string) {
  const wanted = wantedLanguages(wordsFor(language).language);
  const found = await runById.first(db, { id, wanted });
  if (found === undefined) return undefined;
  const { translation, ...run } = found;
  const sittings: SittingRow[] = await sittingsOf.execute(db, { runId: id });
  return { ...run, courseTitle: translation?.title ?? run.courseTitle, sittings };
}

export async function findBooking(db: Queryable, id: string): Promise<BookingRow | undefined> {
  return bookingById.first(db, { id });
}

/** @returns all of a booking's registrations, whatever their state, by their position */
export async function findRegistrations(
  db: Queryable,
  bookingId: string,
): Promise<RegistrationRow[]> {
  return registrationsOf.execute(db, { bookingId });
}

export async function findRegistration(
  db: Queryable,
  id: string,
): Promise<RegistrationRow | undefined> {
  return registrationById.first(db, { id });
}

/** @returns the registration that was transferred to this one */
export async function findPredecessor(
  db: Queryable,
  id: string,
): Promise<RegistrationRow | undefined> {
  return predecessorOf.first(db, { id });
}

export async function findConfirmedBookings(db: Queryable, runId: string): Promise<string[]> {
  const found = await confirmedBookings.execute(db, { runId });
  return found.map(({ id }) => id);
}

/** @returns the changes of these registrations, the newest of each first */
export async function findChanges(
  db: Queryable,
  registrationIds: readonly string[],
): Promise<ChangeRow[]> {
  const found = await Promise.all(
    registrationIds.map((registrationId) => changesOf.execute(db, { registrationId })),
  );
  return found.flat();
}

const openChoices = prepared("mail.openChoices", { bookingId: booking.id }, (q, $) =>
  q
    .select({ id: registration.id })
    .from(runChoice)
    .innerJoin(registration, eq(registration.id, runChoice.registrationId))
    .where(and(eq(registration.bookingId, $.bookingId), eq(runChoice.state, "open"))),
);

export async function findEntry(db: Queryable, id: string) {
  return entryById.first(db, { id });
}

export async function findPayment(db: Queryable, id: string): Promise<PaymentRow | undefined> {
  return paymentById.first(db, { id });
}

/** Which entry of a calendar it is, and the how manieth version of it. */
export interface CalendarLine {
  readonly rootId: string;
  readonly sequence: number;
}

export async function findCalendarLine(
  db: Queryable,
  of: "booking" | "registration",
  id: string,
): Promise<CalendarLine> {
  const found = await (of === "booking" ? bookingLine : seatLine).first(db, { id });
  if (found === undefined) throw new Error(`There is no ${of} ${id}`);
  return found;
}

/** @returns the registrations of a booking of which somebody is still to say what becomes of them */
export async function findAsked(db: Queryable, bookingId: string): Promise<string[]> {
  const open = await openChoices.execute(db, { bookingId });
  return open.map(({ id }) => id);
}
