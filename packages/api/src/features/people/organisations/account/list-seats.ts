import type { OrganisationSeats, OrganisationSeatsInput } from "@lectern/contract/organisations";
import { Id, Instant } from "@lectern/contract/primitives";
import { personOf } from "@lectern/auth/actor";
import { int8, nullable, text, timestamptz, uuid } from "@lectern/database/codecs";
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

/** Of a registration with its booking and run: somebody is to come, and can still be named. */
const IS_AHEAD = sql`registration.status = 'confirmed' AND booking.status = 'confirmed' AND course_run.status IN ('tentative', 'confirmed')
  AND course_run.starts_at > clock_timestamp()`;

const seats = prepared(
  "organisations.seats",
  {
    organisationId: uuid,
    show: text,
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
        bookerId: booking.bookerId,
        bookerEmail: booking.bookerEmail,
        learnerName: registration.learnerName,
        learnerEmail: registration.learnerEmail,
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
          IS_AHEAD,
          sql`(${$.show} = 'all' OR (${registration.learnerEmail} IS NULL) = (${$.show} = 'unnamed'))`,
          sql`(${$.afterId} IS NULL OR (${courseRun.startsAt}, ${registration.id}) > (${$.afterStart}, ${$.afterId}))`,
        ),
      )
      .orderBy(asc(courseRun.startsAt), asc(registration.id))
      .limit($.limit),
);

const count = prepared("organisations.seats.count", { organisationId: uuid }, (_, $) =>
  rowsOf(
    { named: int8, unnamed: int8 },
    sql`SELECT count(registration.learner_email) AS named,
          count(*) FILTER (WHERE registration.learner_email IS NULL) AS unnamed
        FROM booking
        JOIN registration ON registration.booking_id = booking.id
        JOIN course_run ON course_run.id = booking.run_id
      WHERE booking.organisation_id = ${$.organisationId} AND ${IS_AHEAD}`,
  ),
);

/** When the run of the last seat of the page before begins, and its id. */
const CursorKey = z.tuple([Instant, Id]);

/**
 * The places of an organisation, of confirmed bookings on dates to come, with who comes or that nobody is named yet: the
 * soonest first. Those are named through `registrations.substitute`, or by whoever gets a claim link.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listSeats(
  db: Database,
  call: Call,
  { organisationId, show, cursor, limit }: z.infer<typeof OrganisationSeatsInput>,
): Promise<z.infer<typeof OrganisationSeats>> {
  requireOrganisationWithin(call, "bookings.read.any", organisationId);
  const after = decodeCursor(cursor, CursorKey);
  const [found, counted] = await Promise.all([
    seats.execute(db, {
      organisationId,
      show,
      afterStart: after === undefined ? null : new Date(after[0]),
      afterId: after?.[1] ?? null,
      limit: limit + 1,
    }),
    count.first(db, { organisationId }),
  ]);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const { named, unnamed } = counted ?? { named: 0, unnamed: 0 };
  const own = personOf(call.actor);
  return {
    items: page.map((row) => ({
      registrationId: row.registrationId,
      position: row.position,
      reference: row.reference,
      run: toRunSummary(row.run),
      booker: personOrNull(row.bookerName, row.bookerEmail),
      learner: personOrNull(row.learnerName, row.learnerEmail),
      isOwn: own !== null && row.bookerId === own,
    })),
    named,
    unnamed,
    nextCursor:
      last === undefined
        ? null
        : encodeCursor([last.run.startsAt.toISOString(), last.registrationId]),
    total: { named, unnamed, all: named + unnamed }[show],
  };
}

function personOrNull(name: string | null, email: string | null) {
  return name === null || email === null ? null : { name, email };
}
