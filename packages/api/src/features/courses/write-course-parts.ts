import type { CourseCreateInput } from "@lectern/contract/courses";
import {
  course,
  courseRelated,
  courseTopic,
  courseTranslation,
  topic,
} from "@lectern/database/schema/catalogue";
import type { Transaction } from "@lectern/database/transaction";
import { eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { invalid, notFound } from "../../domain-error.ts";

type Translations = z.infer<typeof CourseCreateInput>["translations"];

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
 * Gives a course these translations and no others.
 *
 * @throws Invalid for a language that is there twice
 */
export async function writeTranslations(
  tx: Transaction,
  courseId: string,
  translations: Translations,
): Promise<void> {
  const languages = new Set(translations.map(({ language }) => language));
  if (languages.size < translations.length) {
    throw invalid("translations", "Each language can be there once.");
  }
  await tx.delete(courseTranslation).where(eq(courseTranslation.courseId, courseId));
  const rows = translations.map(({ language, title, summary, body }) => ({
    courseId,
    language,
    title,
    summary,
    body,
  }));
  if (rows.length > 0) await tx.insert(courseTranslation).values(rows);
}

async function idsOf(
  slugs: readonly string[],
  find: (wanted: string[]) => Promise<{ id: string; slug: string }[]>,
): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map();
  const found = await find([...slugs]);
  return new Map(found.map(({ id, slug }) => [slug, id]));
}
