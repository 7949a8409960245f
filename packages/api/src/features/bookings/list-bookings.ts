import type { Reach } from "@lectern/auth/actor";
import type { BookingsList, BookingsListInput } from "@lectern/contract/bookings";
import { Id } from "@lectern/contract/primitives";
import { arrayOf, int8, nullable, text, uuid } from "@lectern/database/codecs";
import { type Slots, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { type SQL, and, desc, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import {
  REACH,
  bookingIsWithin,
  isOfInstructorAlone,
  isOfOrganisationsAlone,
  runsTaughtWithin,
} from "../../shared/reach.ts";
import { bookingItemColumns, toBookingItem } from "./booking-item.ts";

const FILTER = {
  runId: nullable(uuid),
  status: nullable(booking.status),
  bookerEmail: nullable(text),
  organisationId: nullable(uuid),
  /** Those among which all that is wanted is. */
  organisations: arrayOf(uuid),
  ...REACH,
};

type Filter = Slots<typeof FILTER>;

/** Of a `booking`: it is asked for. */
function isAskedFor($: Filter) {
  return and(
    sql`(${$.runId} IS NULL OR "booking"."run_id" = ${$.runId})`,
    sql`(${$.status} IS NULL OR "booking"."status" = ${$.status})`,
    sql`(${$.bookerEmail} IS NULL OR lower("booking"."booker_email") = lower(${$.bookerEmail}))`,
    sql`(${$.organisationId} IS NULL OR "booking"."organisation_id" = ${$.organisationId})`,
  );
}

/**
 * The list and its count, found in one way: a prepared statement has one plan, and of a million bookings
 * those of one run, of one company or of one instructor are found by its index alone.
 *
 * @param among of a `booking`: a condition that an index serves, and that all that is wanted fulfils
 */
function listAmong(name: string, among: ($: Filter) => SQL) {
  return {
    page: prepared(name, { ...FILTER, beforeId: nullable(uuid), limit: int8 }, (q, $) =>
      q
        .select({ ...bookingItemColumns, runId: booking.runId })
        .from(booking)
        .where(
          and(
            among($),
            isAskedFor($),
            bookingIsWithin($, sql`"booking"."organisation_id"`, sql`"booking"."run_id"`),
            sql`(${$.beforeId} IS NULL OR "booking"."id" < ${$.beforeId})`,
          ),
        )
        // Ids are made in the order of time (UUIDv7).
        .orderBy(desc(booking.id))
        .limit($.limit),
    ),
    count: prepared(`${name}.count`, FILTER, (_, $) =>
      rows(
        { total: int8 },
        // Asked of each run once, and not of each of its bookings.
        sql`SELECT coalesce(sum(alike.count), 0) AS total FROM (
            SELECT booking.run_id, booking.organisation_id, count(*) AS count
            FROM booking WHERE ${among($)} AND ${isAskedFor($)} GROUP BY 1, 2
          ) AS alike
          WHERE ${bookingIsWithin($, sql`alike.organisation_id`, sql`alike.run_id`)}`,
      ),
    ),
  };
}

const ofAll = listAmong("bookings.list", () => sql`true`);
const ofRun = listAmong("bookings.list.ofRun", ($) => sql`"booking"."run_id" = ${$.runId}`);
const ofOrganisations = listAmong(
  "bookings.list.ofOrganisations",
  ($) => sql`"booking"."organisation_id" = ANY(${$.organisations})`,
);
const ofInstructor = listAmong(
  "bookings.list.ofInstructor",
  ($) => sql`"booking"."run_id" IN (${runsTaughtWithin($)})`,
);

type ListInput = z.infer<typeof BookingsListInput>;

function quickestOf({ runId, organisationId }: ListInput, reach: Reach) {
  if (runId != null) return ofRun;
  if (organisationId != null || isOfOrganisationsAlone(reach)) return ofOrganisations;
  return isOfInstructorAlone(reach) ? ofInstructor : ofAll;
}

const Before = z.tuple([Id]);

/**
 * Bookings within somebody's reach, the newest first.
 *
 * @throws Invalid for a cursor that is not of this list
 */
export async function listBookings(
  db: Database,
  reach: Reach,
  input: ListInput,
): Promise<z.infer<typeof BookingsList>> {
  const before = decodeCursor(input.cursor, Before);
  const { runId, status, bookerEmail, organisationId } = input;
  const filter = {
    runId: runId ?? null,
    status: status ?? null,
    bookerEmail: bookerEmail ?? null,
    organisationId: organisationId ?? null,
    organisations: organisationId == null ? reach.organisationIds : [organisationId],
    ...reach,
  };
  const bookings = quickestOf(input, reach);
  const [found, counted] = await Promise.all([
    bookings.page.execute(db, {
      ...filter,
      beforeId: before?.[0] ?? null,
      limit: input.limit + 1,
    }),
    bookings.count.first(db, filter),
  ]);
  const page = found.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...toBookingItem(row), runId: row.runId })),
    nextCursor: found.length > input.limit && last ? encodeCursor([last.id]) : null,
    total: counted?.total ?? 0,
  };
}
