import { text } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { course, courseFormerSlug } from "@lectern/database/schema/catalogue";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";

/**
 * Addresses that courses had. The course that has an address now is always the one that it leads to: so what
 * is kept here may be another's by now, and does no harm.
 */

const courseOfFormerSlug = prepared("courses.bySlug.former", { slug: text }, (q, $) =>
  q
    .select({ slug: course.slug })
    .from(courseFormerSlug)
    .innerJoin(course, eq(course.id, courseFormerSlug.courseId))
    .where(and(eq(courseFormerSlug.slug, $.slug), eq(course.status, "published"))),
);

/** @returns the address that the course has now which had this one before, if it is published */
export async function findPresentSlug(db: Database, slug: string): Promise<string | undefined> {
  const found = await courseOfFormerSlug.first(db, { slug });
  return found?.slug;
}

/** Keeps the address that a course has, before it gets another, so that links to it go on leading there. */
export async function keepSlug(
  tx: Transaction,
  courseId: string,
  from: string,
  to: string | undefined,
): Promise<void> {
  if (to === undefined || to === from) return;
  await tx
    .insert(courseFormerSlug)
    .values({ slug: from, courseId })
    .onConflictDoUpdate({
      target: courseFormerSlug.slug,
      set: { courseId: sql`excluded.course_id` },
    });
}
