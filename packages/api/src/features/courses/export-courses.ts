import type { CourseExportInput, CourseExportOutput } from "@lectern/contract/courses";
import { Id } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { courseExternalId, courseRecordColumns } from "./course-record.ts";

/** The last course of the page before: external identifiers are too long for a cursor. */
const CursorKey = z.tuple([Id]);

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
      .select({ id: course.id, record: courseRecordColumns })
      .from(course)
      .where(
        after === undefined
          ? undefined
          : sql`${courseExternalId} > (SELECT ${courseExternalId} FROM course WHERE id = ${after[0]}::uuid)`,
      )
      .orderBy(courseExternalId)
      .limit(input.limit + 1),
    db.$count(course),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ record }) => record),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
    total,
  };
}
