import {
  CourseField,
  type CourseVersionSummary,
  type CourseVersionsInput,
  type CourseVersionsOutput,
} from "@lectern/contract/course-editing";
import { Version } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { course, courseVersion } from "@lectern/database/schema/catalogue";
import { person } from "@lectern/database/schema/people";
import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { savedByColumns, toSavedBy } from "./saved-by.ts";

const CursorKey = z.tuple([Version]);

/** What a list says of a version; queries that use it join `person` on the left. */
export const versionSummaryColumns = {
  version: courseVersion.version,
  action: courseVersion.action,
  note: courseVersion.note,
  status: courseVersion.status,
  changed: courseVersion.changed,
  savedAt: courseVersion.savedAt,
  ...savedByColumns,
};

type VersionRow = Pick<
  typeof courseVersion.$inferSelect,
  "version" | "action" | "note" | "status" | "changed" | "savedAt" | "savedByKind"
> & { savedByName: string | null };

/** @returns the version as the contract describes it */
export function toVersionSummary(row: VersionRow): CourseVersionSummary {
  const { version, action, note, status, changed, savedAt } = row;
  return {
    version,
    action,
    note,
    status,
    // A field that a later release has, and this one not, is nothing that it could show.
    changed: changed.flatMap((field) => CourseField.safeParse(field).data ?? []),
    savedAt: savedAt.toISOString(),
    savedBy: toSavedBy(row),
  };
}

/**
 * The versions of a course that were kept, the latest first, a page at a time.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listCourseVersions(
  db: Database,
  _call: Call,
  input: z.infer<typeof CourseVersionsInput>,
): Promise<z.infer<typeof CourseVersionsOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = eq(courseVersion.courseId, input.id);
  const isAfter = after === undefined ? undefined : lt(courseVersion.version, after[0]);
  const [rows, total, courses] = await Promise.all([
    db
      .select(versionSummaryColumns)
      .from(courseVersion)
      .leftJoin(person, eq(person.id, courseVersion.savedById))
      .where(and(isWanted, isAfter))
      .orderBy(desc(courseVersion.version))
      .limit(input.limit + 1),
    db.$count(courseVersion, isWanted),
    db.$count(course, eq(course.id, input.id)),
  ]);
  if (courses === 0) throw notFound("course", input.id);
  const found = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? found.at(-1) : undefined;
  return {
    items: found.map(toVersionSummary),
    nextCursor: last === undefined ? null : encodeCursor([last.version]),
    total,
  };
}
