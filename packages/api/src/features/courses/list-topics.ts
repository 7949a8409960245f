import type { TopicsListOutput } from "@lectern/contract/courses";
import { int8 } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { course, courseTopic, topic } from "@lectern/database/schema/catalogue";
import { and, asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";

const TOPICS_MAX = 200;

const topics = prepared("courses.topics", {}, (q) =>
  q
    .select({
      slug: topic.slug,
      name: topic.name,
      description: topic.description,
      publishedCourses: sql`count(${course.id})`.mapWith(int8),
    })
    .from(topic)
    .leftJoin(courseTopic, eq(courseTopic.topicId, topic.id))
    .leftJoin(course, and(eq(course.id, courseTopic.courseId), eq(course.status, "published")))
    .groupBy(topic.id)
    .orderBy(asc(topic.position), asc(topic.name))
    .limit(TOPICS_MAX),
);

/** All topics in the academy's order, with how many published courses each has. */
export async function listTopics(
  db: Database,
  _call: Call,
): Promise<z.infer<typeof TopicsListOutput>> {
  return { topics: await topics.execute(db, {}) };
}
