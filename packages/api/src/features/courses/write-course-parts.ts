import { isDeepStrictEqual } from "node:util";
import type { CourseTranslation } from "@lectern/contract/courses";
import {
  course,
  courseRelated,
  courseTopic,
  courseTranslation,
  topic,
} from "@lectern/database/schema/catalogue";
import type { Transaction } from "@lectern/database/transaction";
import { type SQL, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { invalid, notFound } from "../../domain-error.ts";

type Translated = Omit<z.infer<typeof CourseTranslation>, "language">;

/** A translation, and whether it says what the course itself says by now. */
interface WrittenTranslation extends z.infer<typeof CourseTranslation> {
  readonly isUpToDate?: boolean | undefined;
}

/**
 * Gives a course these topics, in this order, and no others.
 *
 * @throws NotFound for a slug that is no topic's
 */
export async function writeTopics(
  tx: Transaction,
  courseId: string,
  slugs: readonly string[],
): Promise<void> {
  const ids = await idsOf(slugs, async (wanted) =>
    tx.select({ id: topic.id, slug: topic.slug }).from(topic).where(inArray(topic.slug, wanted)),
  );
  await tx.delete(courseTopic).where(eq(courseTopic.courseId, courseId));
  const rows = [...new Set(slugs)].map((slug, position) => {
    const topicId = ids.get(slug);
    if (topicId === undefined) throw notFound("topic", slug);
    return { courseId, topicId, position };
  });
  if (rows.length > 0) await tx.insert(courseTopic).values(rows);
}

/**
 * Gives a course these related courses, in this order, and no others.
 *
 * @throws NotFound for a slug that is no course's, Invalid for the course itself
 */
export async function writeRelated(
  tx: Transaction,
  courseId: string,
  slugs: readonly string[],
): Promise<void> {
  const ids = await idsOf(slugs, async (wanted) =>
    tx
      .select({ id: course.id, slug: course.slug })
      .from(course)
      .where(inArray(course.slug, wanted)),
  );
  await tx.delete(courseRelated).where(eq(courseRelated.courseId, courseId));
  const rows = [...new Set(slugs)].map((slug, position) => {
    const relatedId = ids.get(slug);
    if (relatedId === undefined) throw notFound("course", slug);
    if (relatedId === courseId) throw invalid("related", "A course is not related to itself.");
    return { courseId, relatedId, position };
  });
  if (rows.length > 0) await tx.insert(courseRelated).values(rows);
}

/**
 * Gives a course these translations and no others. Of each is kept which version of the course it says the
 * same as: the one that the course has by now, if it changed, or if whoever wrote it says that it does.
 *
 * @throws Invalid for a language that is there twice
 */
export async function writeTranslations(
  tx: Transaction,
  courseId: string,
  translations: readonly WrittenTranslation[],
): Promise<void> {
  const languages = new Set(translations.map(({ language }) => language));
  if (languages.size < translations.length) {
    throw invalid("translations", "Each language can be there once.");
  }
  const before = await tx
    .delete(courseTranslation)
    .where(eq(courseTranslation.courseId, courseId))
    .returning();
  const rows = translations.map(({ isUpToDate, ...translation }) => {
    const known = before.find(({ language }) => language === translation.language);
    const follows = isUpToDate ?? (known === undefined || !saysTheSame(known, translation));
    const { language, title, summary, body, prerequisites, outcomes, syllabus } = translation;
    return {
      courseId,
      language,
      title,
      summary,
      body,
      prerequisites,
      outcomes,
      syllabus,
      sourceVersion: follows ? presentVersion(courseId) : (known?.sourceVersion ?? null),
    };
  });
  if (rows.length > 0) await tx.insert(courseTranslation).values(rows);
}

function presentVersion(courseId: string): SQL {
  return sql`(SELECT version FROM course WHERE id = ${courseId}::uuid)`;
}

function saysTheSame(known: Translated, now: Translated): boolean {
  return isDeepStrictEqual(wordsOf(known), wordsOf(now));
}

function wordsOf({ title, summary, body, prerequisites, outcomes, syllabus }: Translated) {
  return { title, summary, body, prerequisites, outcomes, syllabus };
}

async function idsOf(
  slugs: readonly string[],
  find: (wanted: string[]) => Promise<{ id: string; slug: string }[]>,
): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map();
  const found = await find([...slugs]);
  return new Map(found.map(({ id, slug }) => [slug, id]));
}
