import type { CourseExportInput, CourseExportOutput } from "@lectern/contract/courses";
import { ExternalId } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { courseExternalId, courseRecordColumns } from "./course-record.ts";

const CursorKey = z.tuple([ExternalId]);

/**
 * All courses, drafts and retired ones too, as records, in the order of their external identifiers'
 * bytes: the same in every academy that has them.
 *
 * @throws Invalid for a cursor of another list
 */
export async function exportCourses(
  db: Database,
  _call: Call,
  input: z.infer<typeof CourseExportInput>,
): Promise<z.infer<typeof CourseExportOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const [rows, total] = await Promise.all([
    db
      .select(courseRecordColumns)
      .from(course)
      .where(after === undefined ? undefined : sql`${courseExternalId} > ${after[0]}`)
      .orderBy(courseExternalId)
      .limit(input.limit + 1),
    db.$count(course),
  ]);
  const items = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor([last.externalId]), total };
}
