import { CourseChanged, type CourseUpdateInput } from "@lectern/contract/courses";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import {
  type CourseChanged as Changed,
  courseChangedColumns,
  courseTaken,
  requireCourseVersion,
} from "./course-changed.ts";
import { keepSlug } from "./former-slugs.ts";
import { keepEarlierVersion, keepVersion } from "./keep-version.ts";
import { writeRelated, writeTopics, writeTranslations } from "./write-course-parts.ts";

type UpdateInput = z.infer<typeof CourseUpdateInput>;

/**
 * Changes the fields of a course that are given, and leaves the others.
 *
 * @throws NotFound; Conflict `changed_meanwhile` when somebody changed it since it was read, and
 *   `already_exists` for a code or slug that is taken; Invalid; IdempotencyMismatch
 */
export async function updateCourse(db: Database, call: Call, input: UpdateInput): Promise<Changed> {
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "courses.update", input, CourseChanged, () => update(tx, call, input)),
    );
  } catch (error) {
    throw courseTaken(error) ?? error;
  }
}

async function update(tx: Transaction, call: Call, input: UpdateInput): Promise<Changed> {
  const before = await requireCourseVersion(tx, input.id, input.version);
  await keepEarlierVersion(tx, input.id);
  // What was never out has no readers who might come back to its address.
  if (before.status === "published" || before.status === "retired") {
    await keepSlug(tx, input.id, before.slug, input.changes.slug);
  }
  const updated = await writeFields(tx, input.id, input.changes);
  const { topics, related, translations } = input.changes;
  if (topics !== undefined) await writeTopics(tx, input.id, topics);
  if (related !== undefined) await writeRelated(tx, input.id, related);
  if (translations !== undefined) await writeTranslations(tx, input.id, translations);
  await keepVersion(tx, call, input.id, "update", input.note);
  await recordAudit(tx, call, {
    action: "course.update",
    entity: "course",
    entityId: input.id,
    before: { version: input.version },
    after: { version: updated.version, fields: Object.keys(input.changes).toSorted() },
  });
  return updated;
}

/** Writes the fields that stand in the course itself, as a new version. */
export async function writeFields(
  tx: Transaction,
  id: string,
  changes: Omit<UpdateInput["changes"], "topics" | "related" | "translations">,
): Promise<Changed> {
  const [updated] = await tx
    .update(course)
    .set({
      // Drizzle leaves out what is undefined.
      code: changes.code,
      slug: changes.slug,
      title: changes.title,
      summary: changes.summary,
      body: changes.body,
      contentLanguage: changes.contentLanguage,
      level: changes.level,
      durationDays: changes.durationDays,
      prerequisites: changes.prerequisites,
      outcomes: changes.outcomes,
      syllabus: changes.syllabus,
      keywords: changes.keywords,
      deliveryModes: changes.deliveryModes,
      languages: changes.languages,
      version: sql`${course.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(course.id, id))
    .returning(courseChangedColumns);
  if (updated === undefined) throw notFound("course", id);
  return updated;
}
