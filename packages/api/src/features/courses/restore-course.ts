import { type CourseRestoreInput, CourseSnapshot } from "@lectern/contract/course-editing";
import { CourseChanged } from "@lectern/contract/courses";
import type { Database } from "@lectern/database/queryable";
import { course, courseFormerSlug, courseVersion, topic } from "@lectern/database/schema/catalogue";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { type CourseChanged as Changed, requireCourseVersion } from "./course-changed.ts";
import { keepEarlierVersion, keepVersion } from "./keep-version.ts";
import { writeFields } from "./update-course.ts";
import { writeRelated, writeTopics, writeTranslations } from "./write-course-parts.ts";

type RestoreInput = z.infer<typeof CourseRestoreInput>;

/**
 * Brings back what a version of a course said, as a new version. Code, address and state stay as they are,
 * and topics or related courses that are gone are left out.
 *
 * @throws NotFound for the course or the version; Conflict `changed_meanwhile`; IdempotencyMismatch
 */
export async function restoreCourse(
  db: Database,
  call: Call,
  input: RestoreInput,
): Promise<Changed> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "courses.restore", input, CourseChanged, () => restore(tx, call, input)),
  );
}

async function restore(tx: Transaction, call: Call, input: RestoreInput): Promise<Changed> {
  await requireCourseVersion(tx, input.id, input.version);
  const wanted = await findSnapshot(tx, input.id, input.restored);
  await keepEarlierVersion(tx, input.id);
  const { code: _code, slug: _slug, topics, related, translations, ...fields } = wanted;
  const changed = await writeFields(tx, input.id, fields);
  await writeTopics(tx, input.id, await topicsAmong(tx, topics));
  await writeRelated(tx, input.id, await coursesAmong(tx, input.id, related));
  // They said what the course said then, as far as anybody knows: and that it says again.
  await writeTranslations(tx, input.id, translations);
  await keepVersion(tx, call, input.id, "restore", String(input.restored));
  await recordAudit(tx, call, {
    action: "course.restore",
    entity: "course",
    entityId: input.id,
    before: { version: input.version },
    after: { version: changed.version, restored: input.restored },
  });
  return changed;
}

async function findSnapshot(tx: Transaction, id: string, version: number): Promise<CourseSnapshot> {
  const [found] = await tx
    .select({ snapshot: courseVersion.snapshot })
    .from(courseVersion)
    .where(and(eq(courseVersion.courseId, id), eq(courseVersion.version, version)));
  if (found === undefined) throw notFound("course_version", id);
  return CourseSnapshot.parse(found.snapshot);
}

async function topicsAmong(tx: Transaction, slugs: readonly string[]): Promise<string[]> {
  if (slugs.length === 0) return [];
  const found = await tx
    .select({ slug: topic.slug })
    .from(topic)
    .where(inArray(topic.slug, [...slugs]));
  const there = new Set(found.map(({ slug }) => slug));
  return slugs.filter((slug) => there.has(slug));
}

/** @returns the addresses that these courses have now, in their order */
async function coursesAmong(
  tx: Transaction,
  courseId: string,
  slugs: readonly string[],
): Promise<string[]> {
  if (slugs.length === 0) return [];
  const [present, former] = [
    await tx
      .select({ id: course.id, was: course.slug, slug: course.slug })
      .from(course)
      .where(inArray(course.slug, [...slugs])),
    await tx
      .select({ id: course.id, was: courseFormerSlug.slug, slug: course.slug })
      .from(courseFormerSlug)
      .innerJoin(course, eq(course.id, courseFormerSlug.courseId))
      .where(inArray(courseFormerSlug.slug, [...slugs])),
  ];
  // The course that has an address now comes before the one that had it.
  const found = new Map([...former, ...present].map((one) => [one.was, one]));
  return slugs.flatMap((slug) => {
    const one = found.get(slug);
    return one === undefined || one.id === courseId ? [] : [one.slug];
  });
}
