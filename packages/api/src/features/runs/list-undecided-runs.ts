import { Id, Instant } from "@lectern/contract/primitives";
import type { RunsUndecidedInput, RunsUndecidedOutput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { bookedPlaces } from "./confirm-run.ts";
import { WARNING_DAYS } from "./undecided-runs.ts";

/** The moment by which the last run of the page before had to be decided about, and its id. */
const CursorKey = z.tuple([Instant, Id]);

/** A run that nobody set a date for has to be decided about before it begins. */
const decideBy = sql`coalesce(${courseRun.decisionAt}, ${courseRun.startsAt})`;

/**
 * Tentative runs about which staff have to decide: their date of decision is near or has passed, or
 * they should have begun. Most urgent first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listUndecidedRuns(
  db: Database,
  _call: Call,
  { cursor, limit }: z.infer<typeof RunsUndecidedInput>,
): Promise<z.infer<typeof RunsUndecidedOutput>> {
  const after = decodeCursor(cursor, CursorKey);
  const isUndecided = and(
    eq(courseRun.status, "tentative"),
    sql`(${courseRun.decisionAt} <= clock_timestamp() + make_interval(days => ${WARNING_DAYS}::int)
      OR ${courseRun.startsAt} <= clock_timestamp())`,
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${decideBy}, ${courseRun.id}) > (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [rows, total] = await Promise.all([
    db
      .select({
        run: runSummaryColumns,
        version: courseRun.version,
        decideBy: decideBy.mapWith(courseRun.startsAt).as("decide_by"),
        isOverdue: sql<boolean>`${decideBy} <= clock_timestamp()`.as("is_overdue"),
        warnedAt: courseRun.decisionWarnedAt,
        minPlaces: courseRun.minPlaces,
        bookedPlaces: bookedPlaces.as("booked_places"),
      })
      .from(courseRun)
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(and(isUndecided, isAfter))
      .orderBy(asc(decideBy), asc(courseRun.id))
      .limit(limit + 1),
    db.$count(courseRun, isUndecided),
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ run, decideBy: by, warnedAt, ...row }) => ({
      ...row,
      run: toRunSummary(run),
      decideBy: by.toISOString(),
      warnedAt: warnedAt?.toISOString() ?? null,
    })),
    nextCursor:
      last === undefined ? null : encodeCursor([last.decideBy.toISOString(), last.run.id]),
    total,
  };
}
