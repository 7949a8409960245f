import type { CourseChanged } from "@lectern/contract/courses";
import { violates } from "@lectern/database/errors";
import { course } from "@lectern/database/schema/catalogue";
import type { Transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { type DomainError, conflict, notFound } from "../../domain-error.ts";

export type CourseRow = typeof course.$inferSelect;

/** The columns of the answer to every change of a course. */
export const courseChangedColumns = {
  id: course.id,
  slug: course.slug,
  status: course.status,
  version: course.version,
};

export type CourseChanged = z.infer<typeof CourseChanged>;

/**
 * Locks a course whose version is the one that was read.
 *
 * @throws NotFound; Conflict `changed_meanwhile` when somebody changed it since
 */
export async function requireCourseVersion(
  tx: Transaction,
  id: string,
  version: number,
): Promise<Pick<CourseRow, "status" | "title" | "slug">> {
  const [found] = await tx
    .select({
      status: course.status,
      title: course.title,
      slug: course.slug,
      version: course.version,
    })
    .from(course)
    .where(eq(course.id, id))
    .for("no key update");
  if (found === undefined) throw notFound("course", id);
  if (found.version !== version) {
    throw conflict(
      "course",
      "changed_meanwhile",
      "Somebody changed this course since you read it: read it again.",
      `version ${found.version}`,
    );
  }
  return found;
}

/**
 * @param error whatever was thrown
 * @returns the conflict of a code or slug that another course has, or `undefined` for other errors
 */
export function courseTaken(error: unknown): DomainError | undefined {
  if (violates(error, "course_code_key")) {
    return conflict("course", "already_exists", "Another course has this code.", "code");
  }
  if (violates(error, "course_slug_key")) {
    return conflict("course", "already_exists", "Another course has this address.", "slug");
  }
  return undefined;
}
