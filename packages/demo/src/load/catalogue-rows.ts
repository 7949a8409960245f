import type {
  course,
  courseRelated,
  courseTopic,
  courseTranslation,
  topic,
} from "@lectern/database/schema/catalogue";
import { courses, topics } from "../content/courses/index.ts";
import { translationsNb } from "../content/translations-nb.ts";
import type { Random } from "../random.ts";
import { createUuid } from "../uuid.ts";
import type { DemoClock } from "./clock.ts";
import { required } from "./required.ts";

export interface CatalogueRows {
  readonly topics: (typeof topic.$inferInsert)[];
  readonly courses: (typeof course.$inferInsert)[];
  readonly courseTopics: (typeof courseTopic.$inferInsert)[];
  readonly relatedCourses: (typeof courseRelated.$inferInsert)[];
  readonly translations: (typeof courseTranslation.$inferInsert)[];
  readonly topicIds: ReadonlyMap<string, string>;
  /** By course code. */
  readonly courseIds: ReadonlyMap<string, string>;
}

/** The academy opened so long ago, and has added a course every few days until lately. */
const OPENED_DAYS_AGO = 400;
const DAYS_BETWEEN_COURSES = 6;

export function catalogueRows(clock: DemoClock, random: Random): CatalogueRows {
  const opened = clock.daysAgo(OPENED_DAYS_AGO);
  const topicIds = new Map(topics.map(({ slug }) => [slug, createUuid(opened.getTime(), random)]));
  const createdAt = (index: number) =>
    clock.daysAgo(OPENED_DAYS_AGO - index * DAYS_BETWEEN_COURSES);
  const courseIds = new Map(
    courses.map(({ code }, i) => [code, createUuid(createdAt(i).getTime(), random)]),
  );
  const idOf = (code: string) => required(courseIds, code);

  return {
    topicIds,
    courseIds,
    topics: topics.map(({ slug, name, summary }, position) => ({
      id: required(topicIds, slug),
      slug,
      name,
      description: summary,
      position,
      createdAt: opened,
    })),
    courses: courses.map((content, i) => ({
      id: idOf(content.code),
      code: content.code,
      slug: content.slug,
      title: content.title,
      summary: content.summary,
      body: content.body,
      contentLanguage: "en",
      status: "published" as const,
      level: content.level,
      durationDays: content.days,
      prerequisites: [...content.prerequisites],
      outcomes: [...content.outcomes],
      syllabus: content.modules.map(({ title, topics: parts }) => ({ title, topics: [...parts] })),
      keywords: [...content.keywords],
      deliveryModes: [...content.deliveryModes],
      languages: [...content.languages],
      publishedAt: createdAt(i),
      createdAt: createdAt(i),
      updatedAt: createdAt(i),
    })),
    courseTopics: courses.flatMap((content) =>
      content.topics.map((slug, position) => ({
        courseId: idOf(content.code),
        topicId: required(topicIds, slug),
        position,
      })),
    ),
    relatedCourses: courses.flatMap((content) =>
      content.related.map((code, position) => ({
        courseId: idOf(content.code),
        relatedId: idOf(code),
        position,
      })),
    ),
    translations: Object.entries(translationsNb).map(([code, translation]) => ({
      courseId: idOf(code),
      language: "nb",
      ...translation,
    })),
  };
}
