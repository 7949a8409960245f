import type { RunState } from "@lectern/contract/live";
import { arrayOf, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun } from "@lectern/database/schema/scheduling";
import { and, eq, ne, sql } from "drizzle-orm";
import { bookability, placesLeft, runSummaryColumns } from "../run-summary.ts";

/** So much of a run's summary as its places and its bookability are made from. */
const COLUMNS = {
  id: runSummaryColumns.id,
  courseStatus: runSummaryColumns.courseStatus,
  status: runSummaryColumns.status,
  visibility: runSummaryColumns.visibility,
  capacity: runSummaryColumns.capacity,
  taken: runSummaryColumns.taken,
  waiting: runSummaryColumns.waiting,
  lapsed: runSummaryColumns.lapsed,
  isStarted: runSummaryColumns.isStarted,
  isBookingOpen: runSummaryColumns.isBookingOpen,
  isBookingClosed: runSummaryColumns.isBookingClosed,
};

/** Those that `runs.byId` would answer to the public. */
const publicRuns = prepared("live.runs", { ids: arrayOf(uuid) }, (q, $) =>
  q
    .select(COLUMNS)
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .where(
      and(
        sql`${courseRun.id} = ANY(${$.ids})`,
        eq(courseRun.visibility, "public"),
        ne(courseRun.status, "draft"),
        eq(course.status, "published"),
      ),
    ),
);

/**
 * The places of runs, counted as lists and pages count them.
 *
 * @returns by id, those that the public may see
 */
export async function readRunStates(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, RunState>> {
  const rows = await publicRuns.execute(db, { ids });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        runId: row.id,
        capacity: row.capacity,
        placesLeft: placesLeft(row),
        bookability: bookability(row),
        waiting: row.waiting,
      },
    ]),
  );
}

/** What is told of a run that the public may not see any more. */
export function concealedRunState(runId: string): RunState {
  return { runId, capacity: 0, placesLeft: 0, bookability: "not_published", waiting: 0 };
}
