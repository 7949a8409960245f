import { ALTERNATIVES_MAX } from "@lectern/contract/registrations";
import type { RunSummary } from "@lectern/contract/runs";
import { nullable, text, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { runCapacity, seatAllocation } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { runPrice } from "@lectern/database/schema/prices";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import { runSummaryColumns, toRunSummary } from "../../../shared/run-summary.ts";

/** Lapsed holds count as free while nobody waits: see `placesLeft`. */
const HAS_PLACES = sql`(${runCapacity.taken} < ${runCapacity.capacity} OR ${runCapacity.waiting} = 0 AND EXISTS (
  SELECT FROM ${seatAllocation}
  WHERE ${seatAllocation.runId} = ${courseRun.id} AND ${seatAllocation.state} = 'active'
    AND ${seatAllocation.expiresAt} <= now()
))`;

const alternatives = prepared(
  "registrations.alternatives",
  { runId: uuid, region: nullable(text), currency: nullable(text) },
  (q, $) =>
    q
      .select(runSummaryColumns)
      .from(courseRun)
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .leftJoin(runPrice, and(eq(runPrice.runId, courseRun.id), eq(runPrice.region, $.region)))
      .where(
        and(
          sql`${courseRun.courseId} = (SELECT r.course_id FROM course_run AS r WHERE r.id = ${$.runId})`,
          ne(courseRun.id, $.runId),
          eq(course.status, "published"),
          eq(courseRun.visibility, "public"),
          inArray(courseRun.status, ["tentative", "confirmed"]),
          sql`${courseRun.startsAt} > now()`,
          sql`(${courseRun.bookingOpensAt} IS NULL OR ${courseRun.bookingOpensAt} <= now())`,
          sql`(${courseRun.bookingClosesAt} IS NULL OR ${courseRun.bookingClosesAt} > now())`,
          HAS_PLACES,
          sql`coalesce(coalesce(${runPrice.currency}, ${courseRun.priceCurrency}) = ${$.currency}, true)`,
        ),
      )
      .orderBy(asc(courseRun.startsAt), asc(courseRun.id))
      .limit(ALTERNATIVES_MAX),
);

/**
 * @param wanted.region that the booking was priced for
 * @param wanted.currency of its price: a booking can't move to another one; `null`: on request
 * @returns the next public runs of the same course that have places, soonest first
 */
export async function listAlternatives(
  db: Queryable,
  wanted: { runId: string; region: string | null; currency: string | null },
): Promise<RunSummary[]> {
  const found = await alternatives.execute(db, wanted);
  return found.map(toRunSummary);
}
