import type { Reach } from "@lectern/auth/actor";
import { Id, Instant } from "@lectern/contract/primitives";
import type { RunsUndecidedInput, RunsUndecidedOutput } from "@lectern/contract/runs";
import { int8, nullable, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows as rowsOf } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { REACH, runIsWithin } from "../../shared/reach.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { bookedPlaces } from "./confirm-run.ts";
import { WARNING_DAYS, decideBy } from "./undecided-runs.ts";

/** The moment by which the last run of the page before had to be decided about, and its id. */
const CursorKey = z.tuple([Instant, Id]);

/**
 * The first bound is for the index: a date of decision is before the start, so what has begun is within it, too. It is
 * `now()`, because no index is asked for what may change while a statement runs.
 */
const isUndecided = sql`course_run.status = 'tentative'
  AND ${decideBy} <= now() + make_interval(days => ${WARNING_DAYS}::int)
  AND (course_run.decision_at IS NOT NULL OR course_run.starts_at <= now())`;

const undecided = prepared(
  "runs.undecided",
  { ...REACH, afterTime: nullable(timestamptz), afterId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({
        run: runSummaryColumns,
        version: courseRun.version,
        decideBy: decideBy.mapWith(courseRun.startsAt).as("decide_by"),
        isOverdue: sql<boolean>`${decideBy} <= now()`.as("is_overdue"),
        warnedAt: courseRun.decisionWarnedAt,
        minPlaces: courseRun.minPlaces,
        bookedPlaces: bookedPlaces.as("booked_places"),
      })
      .from(courseRun)
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          isUndecided,
          runIsWithin($, sql`course_run.id`),
          sql`(${$.afterId} IS NULL OR (${decideBy}, course_run.id) > (${$.afterTime}, ${$.afterId}))`,
        ),
      )
      .orderBy(asc(decideBy), asc(courseRun.id))
      .limit($.limit),
);

const count = prepared("runs.undecided.count", REACH, (_, $) =>
  rowsOf(
    { total: int8 },
    sql`SELECT count(*) AS total FROM course_run
      WHERE ${isUndecided} AND ${runIsWithin($, sql`course_run.id`)}`,
  ),
);

/**
 * Tentative runs within reach about which somebody has to decide: their date of decision is near or has
 * passed, or they should have begun. Most urgent first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listUndecidedRuns(
  db: Database,
  reach: Reach,
  { cursor, limit }: z.infer<typeof RunsUndecidedInput>,
): Promise<z.infer<typeof RunsUndecidedOutput>> {
  const after = decodeCursor(cursor, CursorKey);
  const [rows, counted] = await Promise.all([
    undecided.execute(db, {
      ...reach,
      afterTime: after === undefined ? null : new Date(after[0]),
      afterId: after?.[1] ?? null,
      limit: limit + 1,
    }),
    count.first(db, reach),
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
    total: counted?.total ?? 0,
  };
}
