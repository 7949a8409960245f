import {
  CourseSnapshot,
  type CourseVersionDetail,
  type CourseVersionInput,
} from "@lectern/contract/course-editing";
import type { Queryable } from "@lectern/database/queryable";
import { courseVersion } from "@lectern/database/schema/catalogue";
import { person } from "@lectern/database/schema/people";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { toVersionSummary, versionSummaryColumns } from "./list-course-versions.ts";

/** A version of a course, with all that it said. @throws NotFound for one that was not kept */
export async function findCourseVersion(
  db: Queryable,
  _call: Call,
  { id, version }: z.infer<typeof CourseVersionInput>,
): Promise<z.infer<typeof CourseVersionDetail>> {
  const [found] = await db
    .select({ ...versionSummaryColumns, snapshot: courseVersion.snapshot })
    .from(courseVersion)
    .leftJoin(person, eq(person.id, courseVersion.savedById))
    .where(and(eq(courseVersion.courseId, id), eq(courseVersion.version, version)));
  if (found === undefined) throw notFound("course_version", id);
  return { ...toVersionSummary(found), snapshot: CourseSnapshot.parse(found.snapshot) };
}
