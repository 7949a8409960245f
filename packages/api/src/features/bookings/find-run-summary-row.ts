import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { eq } from "drizzle-orm";
import { type RunSummaryRow, runSummaryColumns } from "../../shared/run-summary.ts";

const runById = prepared("bookings.run", { id: courseRun.id }, (q, $) =>
  q
    .select(runSummaryColumns)
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .where(eq(courseRun.id, $.id)),
);

/** @returns the run with what a booking shows of it, whatever its state and visibility */
export async function findRunSummaryRow(
  db: Queryable,
  runId: string,
): Promise<RunSummaryRow | undefined> {
  return runById.first(db, { id: runId });
}
