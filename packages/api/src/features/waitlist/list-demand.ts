import type { Reach } from "@lectern/auth/actor";
import { Id, Instant } from "@lectern/contract/primitives";
import type { WaitlistDemandInput, WaitlistDemandOutput } from "@lectern/contract/today";
import { int8, nullable, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows as rowsOf } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { REACH, asStaff, runIsWithin } from "../../shared/reach.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";

/** When the last run of the page before begins, and its id. */
const CursorKey = z.tuple([Instant, Id]);

const isInDemand = sql`run_capacity.waiting > 0 AND run_capacity.is_open
  AND course_run.status IN ('tentative', 'confirmed') AND course_run.starts_at > now()`;

/** Who waits for `course_run`: a queue is short, and an index has it in its order. */
const queue = sql`SELECT count(*) AS parties, sum(w.quantity) AS places, min(w.created_at) AS since
  FROM waitlist_entry w WHERE w.run_id = course_run.id AND w.status = 'waiting'`;

const demand = prepared(
  "waitlist.demand",
  { ...REACH, afterTime: nullable(timestamptz), afterId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({
        run: runSummaryColumns,
        parties: sql`queue.parties`.mapWith(int8).as("parties"),
        places: sql`queue.places`.mapWith(int8).as("places"),
        since: sql`queue.since`.mapWith(courseRun.startsAt).as("since"),
      })
      .from(runCapacity)
      .innerJoin(courseRun, eq(courseRun.id, runCapacity.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .innerJoinLateral(sql`(${queue}) queue`, sql`queue.parties > 0`)
      .where(
        and(
          isInDemand,
          runIsWithin($, sql`course_run.id`),
          sql`(${$.afterId} IS NULL OR (course_run.starts_at, course_run.id) > (${$.afterTime}, ${$.afterId}))`,
        ),
      )
      .orderBy(asc(courseRun.startsAt), asc(courseRun.id))
      .limit($.limit),
);

const count = prepared("waitlist.demand.count", REACH, (_, $) =>
  rowsOf(
    { total: int8 },
    sql`SELECT count(*) AS total FROM run_capacity
      JOIN course_run ON course_run.id = run_capacity.run_id
      WHERE ${isInDemand} AND ${runIsWithin($, sql`course_run.id`)}`,
  ),
);

/**
 * Runs within reach that people wait for, by when they begin, a page at a time: with more places, or another date,
 * they could come.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listDemand(
  db: Database,
  within: Reach,
  { cursor, limit }: z.infer<typeof WaitlistDemandInput>,
): Promise<z.infer<typeof WaitlistDemandOutput>> {
  const reach = asStaff(within);
  const after = decodeCursor(cursor, CursorKey);
  const [rows, counted] = await Promise.all([
    demand.execute(db, {
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
    items: page.map(({ run, parties, places, since }) => ({
      run: toRunSummary(run),
      parties,
      places,
      waitingSince: since.toISOString(),
    })),
    nextCursor:
      last === undefined ? null : encodeCursor([last.run.startsAt.toISOString(), last.run.id]),
    total: counted?.total ?? 0,
  };
}
