import type { OrganisationPageInput, OrganisationSeats } from "@lectern/contract/organisations";
import { Id, Instant } from "@lectern/contract/primitives";
import { int8, nullable, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows as rowsOf } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, registration, runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../../../call.ts";
import { decodeCursor, encodeCursor } from "../../../../shared/cursor.ts";
import { runSummaryColumns, toRunSummary } from "../../../../shared/run-summary.ts";
import { requireOrganisationWithin } from "../require-organisation.ts";

/** Of a registration with its booking and run: nobody is named for it, and somebody can still be. */
const IS_UNNAMED = sql`registration.learner_email IS NULL AND registration.status = 'confirmed'
  AND booking.status = 'confirmed' AND course_run.status IN ('tentative', 'confirmed')
  AND course_run.starts_at > clock_timestamp()`;

const seats = prepared(
  "organisations.seats",
  {
    organisationId: uuid,
    afterStart: nullable(timestamptz),
    afterId: nullable(uuid),
    limit: int8,
  },
  (q, $) =>
    q
      .select({
        registrationId: registration.id,
        position: registration.position,
        reference: booking.reference,
        bookerName: booking.bookerName,
        bookerEmail: booking.bookerEmail,
        run: runSummaryColumns,
      })
      .from(booking)
      .innerJoin(registration, eq(registration.bookingId, booking.id))
      .innerJoin(courseRun, eq(courseRun.id, booking.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          eq(booking.organisationId, $.organisationId),
          IS_UNNAMED,
          sql`(${$.afterId} IS NULL OR (${courseRun.startsAt}, ${registration.id}) > (${$.afterStart}, ${$.afterId}))`,
        ),
      )
      .orderBy(asc(courseRun.startsAt), asc(registration.id))
      .limit($.limit),
);

const count = prepared("organisations.seats.count", { organisationId: uuid }, (_, $) =>
  rowsOf(
    { total: int8 },
    sql`SELECT count(*) AS total FROM booking
        JOIN registration ON registration.booking_id = booking.id
        JOIN course_run ON course_run.id = booking.run_id
      WHERE booking.organisation_id = ${$.organisationId} AND ${IS_UNNAMED}`,
  ),
);

/** When the run of the last seat of the page before begins, and its id. */
const CursorKey = z.tuple([Instant, Id]);

/**
 * The places of an organisation that nobody is named for yet, of confirmed bookings on dates to come: the
 * soonest first. They are named through `registrations.substitute`, or by whoever gets a claim link.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listSeats(
  db: Database,
  call: Call,
  { organisationId, cursor, limit }: z.infer<typeof OrganisationPageInput>,
): Promise<z.infer<typeof OrganisationSeats>> {
  requireOrganisationWithin(call, "bookings.read.any", organisationId);
  const after = decodeCursor(cursor, CursorKey);
  const [found, counted] = await Promise.all([
    seats.execute(db, {
      organisationId,
      afterStart: after === undefined ? null : new Date(after[0]),
      afterId: after?.[1] ?? null,
      limit: limit + 1,
    }),
    count.first(db, { organisationId }),
  ]);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ run, bookerName: name, bookerEmail: email, ...row }) => ({
      ...row,
      run: toRunSummary(run),
      booker: name === null || email === null ? null : { name, email },
    })),
    nextCursor:
      last === undefined
        ? null
        : encodeCursor([last.run.startsAt.toISOString(), last.registrationId]),
    total: counted?.total ?? 0,
  };
}
