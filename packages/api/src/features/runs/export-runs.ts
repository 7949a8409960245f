import { Id } from "@lectern/contract/primitives";
import type { RunExportInput, RunExportOutput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { type SQL, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { courseExternalId } from "../courses/course-record.ts";
import { runExternalId, runRecordColumns, toRunRecord } from "./run-record.ts";

/**
 * The last run of the page before, as external identifiers are too long for a cursor, and how many
 * runs there were at the beginning: to count a million of them for each page takes longer than the page.
 */
const CursorKey = z.tuple([Id, z.int().min(0)]);

/**
 * All runs as records, whatever their state: in the order of their courses' export, those of one
 * course by local start and then by external identifier.
 *
 * @returns a page, and how many runs there were when the first page was asked for
 * @throws Invalid for a cursor of another list
 */
export async function exportRuns(
  db: Database,
  _call: Call,
  input: z.infer<typeof RunExportInput>,
): Promise<z.infer<typeof RunExportOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const [rows, total] = await Promise.all([
    db
      .select({ id: courseRun.id, record: runRecordColumns })
      .from(sql`(${pageOfIds(after?.[0] ?? null, input.limit + 1)}) AS page`)
      .innerJoin(courseRun, sql`${courseRun.id} = page.id`)
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .leftJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .orderBy(courseExternalId, courseRun.localStart, runExternalId),
    after?.[1] ?? db.$count(courseRun),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ record }) => toRunRecord(record)),
    nextCursor: last === undefined ? null : encodeCursor([last.id, total]),
    total,
  };
}

/** Course by course, so that no more runs are sorted than those of the courses on the page. */
function pageOfIds(afterId: string | null, limit: number): SQL {
  return sql`
    WITH after AS (
      SELECT ${courseExternalId} AS course_key, course_run.local_start, ${runExternalId} AS run_key
      FROM course_run JOIN course ON course.id = course_run.course_id
      WHERE course_run.id = ${afterId}::uuid
    )
    SELECT runs.id
    FROM (
      SELECT course.id, ${courseExternalId} AS key FROM course
      WHERE ${courseExternalId} >= coalesce((SELECT course_key FROM after), '')
      ORDER BY ${courseExternalId}
    ) AS courses
    CROSS JOIN LATERAL (
      SELECT course_run.id, course_run.local_start, ${runExternalId} AS run_key
      FROM course_run
      WHERE course_run.course_id = courses.id
        AND (${afterId}::uuid IS NULL OR (courses.key, course_run.local_start, ${runExternalId})
          > (SELECT course_key, local_start, run_key FROM after))
      ORDER BY course_run.local_start, ${runExternalId}
    ) AS runs
    ORDER BY courses.key, runs.local_start, runs.run_key
    LIMIT ${limit}::integer`;
}
