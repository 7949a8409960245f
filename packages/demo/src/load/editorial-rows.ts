import type { article } from "@lectern/database/schema/articles";
import type { enquiry } from "@lectern/database/schema/enquiries";
import { articles } from "../content/articles/index.ts";
import { enquiries } from "../content/enquiries.ts";
import { instructors } from "../content/instructors.ts";
import type { Random } from "../random.ts";
import { createUuid } from "../uuid.ts";
import type { DemoClock } from "./clock.ts";
import { required } from "./required.ts";

const names = new Map(instructors.map(({ slug, name }) => [slug, name]));

/** Articles came out at this hour. */
const PUBLISHED_AT_HOUR = 8;

export function articleRows(
  topicIds: ReadonlyMap<string, string>,
  clock: DemoClock,
  random: Random,
): (typeof article.$inferInsert)[] {
  return articles.map(({ slug, title, summary, body, author, topic, daysAgo }) => {
    const publishedAt = clock.daysAgo(daysAgo - PUBLISHED_AT_HOUR / 24);
    return {
      id: createUuid(publishedAt.getTime(), random),
      slug,
      title,
      summary,
      body,
      author: required(names, author),
      topicId: required(topicIds, topic),
      status: "published" as const,
      publishedAt,
      createdAt: publishedAt,
      updatedAt: publishedAt,
    };
  });
}

/** @param courseIds by code */
export function enquiryRows(
  courseIds: ReadonlyMap<string, string>,
  clock: DemoClock,
  random: Random,
): (typeof enquiry.$inferInsert)[] {
  return enquiries.map(({ hoursAgo, course, ...content }) => {
    const createdAt = clock.daysAgo(hoursAgo / 24);
    const isUntouched = content.status === "new";
    return {
      ...content,
      id: createUuid(createdAt.getTime(), random),
      courseId: course === null ? null : required(courseIds, course),
      version: isUntouched ? 1 : 2,
      createdAt,
      updatedAt: isUntouched ? createdAt : clock.daysAgo(hoursAgo / 48),
    };
  });
}
