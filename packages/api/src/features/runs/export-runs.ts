import { ExternalId, LocalDateTime } from "@lectern/contract/primitives";
import type { RunExportInput, RunExportOutput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { courseExternalId } from "../courses/course-record.ts";
import { runExternalId, runRecordColumns, toRunRecord } from "./run-record.ts";

const CursorKey = z.tuple([ExternalId, LocalDateTime, ExternalId]);

/**
 * All runs as records, whatever their state: in the order of their courses' export, those of one
 * course by local start and then by external identifier.
 *
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
      .select(runRecordColumns)
      .from(courseRun)
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .leftJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .where(
        after === undefined
          ? undefined
          : sql`(${courseExternalId}, ${courseRun.localStart}, ${runExternalId})
              > (${after[0]}, ${after[1]}::timestamp, ${after[2]})`,
      )
      .orderBy(courseExternalId, courseRun.localStart, runExternalId)
      .limit(input.limit + 1),
    db.$count(courseRun),
  ]);
  const items = rows.slice(0, input.limit).map(toRunRecord);
  const last = rows.length > input.limit ? items.at(-1) : undefined;
  return {
    items,
    nextCursor:
      last === undefined
        ? null
        : encodeCursor([last.courseExternalId, last.localStart, last.externalId]),
    total,
  };
}
