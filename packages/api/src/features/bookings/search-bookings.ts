import type { Reach } from "@lectern/auth/actor";
import { readReference } from "@lectern/contract/booking-reference";
import {
  BookingSort,
  type BookingsFound,
  type BookingsSearchInput,
} from "@lectern/contract/booking-office";
import { Id, Instant } from "@lectern/contract/primitives";
import type { BookingStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { booking, runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { type SQL, and, asc, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { invalid } from "../../domain-error.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { withRunsInLanguage } from "../../shared/in-language.ts";
import { partOf } from "../../shared/part-of.ts";
import { bookingIsWithin, reachAsSql } from "../../shared/reach.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { bookingItemColumns, toBookingItem } from "./booking-item.ts";

type SearchInput = z.infer<typeof BookingsSearchInput>;

/** The order, the last one's moment, run and id, and how many there are in all: counted for the first page alone. */
const CursorKey = z.tuple([BookingSort, Instant, Id, Id, z.int().min(0), z.boolean()]);
type CursorKey = z.infer<typeof CursorKey>;

/**
 * Bookings within somebody's reach, as staff look for them, a page at a time.
 *
 * @param language that they read, for what courses are called
 * @throws Invalid for a cursor of another list or order
 */
export async function searchBookings(
  db: Database,
  reach: Reach,
  language: string | null,
  input: SearchInput,
): Promise<z.infer<typeof BookingsFound>> {
  const after = decodeCursor(input.cursor, CursorKey);
  if (after !== undefined && after[0] !== input.sort) {
    throw invalid("cursor", "The cursor is of another order: start again without it.");
  }
  const isWanted = and(
    ...conditionsOfBooking(input),
    ...conditionsOfRun(input),
    reach.everywhere
      ? undefined
      : bookingIsWithin(
          reachAsSql(reach),
          sql`"booking"."organisation_id"`,
          sql`"booking"."run_id"`,
        ),
  );
  const [found, counted] = await Promise.all([
    db
      .select({ item: bookingItemColumns, run: runSummaryColumns })
      .from(booking)
      .innerJoin(courseRun, eq(courseRun.id, booking.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(and(isWanted, after && isBeyond(after)))
      .orderBy(...orderOf(input.sort))
      .limit(input.limit + 1),
    after === undefined
      ? count(db, input.sort, isWanted)
      : { total: after[4], isTotalExact: after[5] },
  ]);
  const page = found.slice(0, input.limit);
  const last = found.length > input.limit ? page.at(-1) : undefined;
  return {
    items: await withRunsInLanguage(
      db,
      language,
      page.map(({ item, run }) => ({ ...toBookingItem(item), run: toRunSummary(run) })),
    ),
    nextCursor: last === undefined ? null : encodeCursor(keyOf(input.sort, last, counted)),
    ...counted,
  };
}

/** So many are counted at most: more is for reports. */
const COUNTED_MAX = 1000;

/** How many there are, in the order of the list, in which they are found soonest. */
async function count(
  db: Database,
  sort: BookingSort,
  isWanted: SQL | undefined,
): Promise<{ total: number; isTotalExact: boolean }> {
  const some = db
    .select({ id: booking.id })
    .from(booking)
    .innerJoin(courseRun, eq(courseRun.id, booking.runId))
    .where(isWanted)
    .orderBy(...orderOf(sort))
    .limit(COUNTED_MAX + 1)
    .as("some");
  const [counted] = await db.select({ found: sql`count(*)`.mapWith(Number) }).from(some);
  const found = counted?.found ?? 0;
  return { total: Math.min(found, COUNTED_MAX), isTotalExact: found <= COUNTED_MAX };
}

function conditionsOfBooking(input: SearchInput): (SQL | undefined)[] {
  const { statuses, paymentStates, runId, organisationId, createdFrom, createdTo } = input;
  return [
    isGiven(statuses) ? sql`${booking.status} IN ${literals(statuses)}` : undefined,
    isGiven(paymentStates) ? inArray(booking.paymentState, paymentStates) : undefined,
    runId == null ? undefined : eq(booking.runId, runId),
    organisationId == null ? undefined : eq(booking.organisationId, organisationId),
    input.personId == null ? undefined : isOfPerson(input.personId),
    createdFrom == null ? undefined : gte(booking.createdAt, new Date(createdFrom)),
    createdTo == null ? undefined : lt(booking.createdAt, new Date(createdTo)),
    input.query == null ? undefined : isCalled(input.query),
    input.hasLateMoney === true
      ? sql`${booking.id} IN (SELECT p.booking_id FROM payment AS p WHERE p.outcome = 'late' OFFSET 0)`
      : undefined,
  ];
}

function conditionsOfRun({ courseId, country, startsFrom, startsTo }: SearchInput) {
  return [
    courseId == null ? undefined : eq(courseRun.courseId, courseId),
    country == null
      ? undefined
      : sql`${courseRun.venueId} IN (SELECT at.id FROM venue AS at WHERE at.country = ${country})`,
    startsFrom == null ? undefined : gte(courseRun.startsAt, new Date(startsFrom)),
    startsTo == null ? undefined : lt(courseRun.startsAt, new Date(startsTo)),
  ];
}

/** By its reference, or by a part of what its booker is called: a name may look like a reference, too. */
function isCalled(query: string): SQL {
  const pattern = partOf(query.trim());
  // Found before they are put in order (OFFSET 0): trigrams find a part of a name, of three letters on.
  return sql`${booking.id} IN (
    SELECT b.id FROM ${booking} AS b WHERE b.reference = ${readReference(query) ?? null}
    UNION ALL
    SELECT b.id FROM ${booking} AS b WHERE b.booker_email IS NOT NULL
      AND (lower(b.booker_name) LIKE ${pattern} OR lower(b.booker_email) LIKE ${pattern})
    OFFSET 0)`;
}

/** Booked by somebody, or with a place of theirs: a few, found by their indexes before they are put in order. */
function isOfPerson(personId: string): SQL {
  return sql`${booking.id} IN (
    SELECT b.id FROM ${booking} AS b WHERE b.booker_id = ${personId}
    UNION ALL
    SELECT r.booking_id FROM registration AS r WHERE r.learner_id = ${personId}
    OFFSET 0)`;
}

/** Each state written out: of a parameter nobody knows that the index of the open ones has it. */
const LITERALS: Readonly<Record<BookingStatus, SQL>> = {
  held: sql`'held'`,
  awaiting_payment: sql`'awaiting_payment'`,
  awaiting_approval: sql`'awaiting_approval'`,
  confirmed: sql`'confirmed'`,
  cancelled: sql`'cancelled'`,
  expired: sql`'expired'`,
};

function literals(statuses: readonly BookingStatus[]): SQL {
  return sql`(${sql.join(
    statuses.map((status) => LITERALS[status]),
    sql`, `,
  )})`;
}

function orderOf(sort: BookingSort): SQL[] {
  switch (sort) {
    case "newest":
      return [desc(booking.createdAt), desc(booking.id)];
    case "oldest":
      return [asc(booking.createdAt), asc(booking.id)];
    case "next_run":
      return [asc(courseRun.startsAt), asc(courseRun.id), asc(booking.id)];
    case "last_run":
      return [desc(courseRun.startsAt), desc(courseRun.id), desc(booking.id)];
  }
}

/** Whether a row comes after the last of the page before. */
function isBeyond([sort, at, runId, id]: CursorKey): SQL {
  const ofBooking = sql`(${booking.createdAt}, ${booking.id})`;
  const ofRun = sql`(${courseRun.startsAt}, ${courseRun.id}, ${booking.id})`;
  const key = sql`(${at}::timestamptz, ${id}::uuid)`;
  const runKey = sql`(${at}::timestamptz, ${runId}::uuid, ${id}::uuid)`;
  switch (sort) {
    case "newest":
      return sql`${ofBooking} < ${key}`;
    case "oldest":
      return sql`${ofBooking} > ${key}`;
    case "next_run":
      return sql`${ofRun} > ${runKey}`;
    case "last_run":
      return sql`${ofRun} < ${runKey}`;
  }
}

interface LastRow {
  readonly item: { readonly id: string; readonly createdAt: Date };
  readonly run: { readonly id: string; readonly startsAt: Date };
}

function keyOf(
  sort: BookingSort,
  { item, run }: LastRow,
  { total, isTotalExact }: { total: number; isTotalExact: boolean },
): CursorKey {
  const at = sort === "newest" || sort === "oldest" ? item.createdAt : run.startsAt;
  return [sort, at.toISOString(), run.id, item.id, total, isTotalExact];
}

function isGiven<Item>(choices: readonly Item[] | null | undefined): choices is readonly Item[] {
  return choices !== null && choices !== undefined && choices.length > 0;
}
