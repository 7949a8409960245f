import type { Reach } from "@lectern/auth/actor";
import { Id, Instant } from "@lectern/contract/primitives";
import type { RunsConflictsInput, RunsConflictsOutput } from "@lectern/contract/today";
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
import { CONFLICTS, conflictsOf, readConflicts, valuesOfConflicts } from "./conflicts-of-runs.ts";

/** When the last run of the page before begins, and its id. */
const CursorKey = z.tuple([Instant, Id]);

const CONFLICTS_MAX = 100;

const ASKED = { ...REACH, ...CONFLICTS };

/** What begins in the days that are looked at, or goes on in them: what takes longer than a quarter is an exception. */
const isComing = sql`course_run.status IN ('tentative', 'confirmed', 'in_progress')
  AND course_run.starts_at > now() - interval '90 days' AND course_run.ends_at > now()`;

const withConflicts = prepared(
  "runs.conflicts",
  { ...ASKED, afterTime: nullable(timestamptz), afterId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({ run: runSummaryColumns })
      .from(courseRun)
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          isComing,
          sql`course_run.starts_at <= now() + make_interval(days => ${$.days})`,
          runIsWithin($, sql`course_run.id`),
          sql`(${$.afterId} IS NULL OR (course_run.starts_at, course_run.id) > (${$.afterTime}, ${$.afterId}))`,
          sql`EXISTS (${conflictsOf($)})`,
        ),
      )
      .orderBy(asc(courseRun.startsAt), asc(courseRun.id))
      .limit($.limit),
);

const count = prepared("runs.conflicts.count", ASKED, (_, $) =>
  rowsOf(
    { total: int8 },
    sql`SELECT count(*) AS total FROM course_run
      JOIN run_capacity ON run_capacity.run_id = course_run.id
      LEFT JOIN venue ON venue.id = course_run.venue_id
    WHERE ${isComing} AND course_run.starts_at <= now() + make_interval(days => ${$.days})
      AND ${runIsWithin($, sql`course_run.id`)} AND EXISTS (${conflictsOf($)})`,
  ),
);

/**
 * Runs within reach of which something stands in the way of the next days: a room is missing, too small or of another
 * venue; nobody teaches, or somebody who teaches in another city that day; nobody knows where to meet online; it is a
 * public holiday. By when they begin, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listConflicts(
  db: Database,
  reach: Reach,
  { cursor, limit, days }: z.infer<typeof RunsConflictsInput>,
): Promise<z.infer<typeof RunsConflictsOutput>> {
  const after = decodeCursor(cursor, CursorKey);
  const values = await valuesOfConflicts(db, days);
  const [rows, counted] = await Promise.all([
    withConflicts.execute(db, {
      ...reach,
      ...values,
      afterTime: after === undefined ? null : new Date(after[0]),
      afterId: after?.[1] ?? null,
      limit: limit + 1,
    }),
    count.first(db, { ...reach, ...values }),
  ]);
  const page = rows.slice(0, limit).map(({ run }) => run);
  const conflicts = await readConflicts(
    db,
    values,
    page.map(({ id }) => id),
  );
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.flatMap((run) => {
      const found = conflicts.get(run.id) ?? [];
      // Mended between the two questions.
      if (found.length === 0) return [];
      return [{ run: toRunSummary(run), conflicts: found.slice(0, CONFLICTS_MAX) }];
    }),
    nextCursor: last === undefined ? null : encodeCursor([last.startsAt.toISOString(), last.id]),
    total: counted?.total ?? 0,
  };
}
