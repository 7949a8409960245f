import type { CourseRecord } from "@lectern/contract/courses";
import { course } from "@lectern/database/schema/catalogue";
import { type SQL, sql } from "drizzle-orm";

/**
 * A course as imports and exports carry it. The outer column is spelled out as `course.id`: in a
 * query on one table Drizzle would write `"id"`, which the inner tables have too.
 */

/**
 * What names a course outside: what its source calls it, else its own id (RFC 9562, section 6).
 * Written as the index `course_named_key` has it.
 */
export const courseExternalId: SQL<string> = sql<string>`(coalesce(course.external_id, 'urn:uuid:' || course.id::text) COLLATE "C")`;

const topics = sql<CourseRecord["topics"]>`(
  SELECT coalesce(json_agg(json_build_object('slug', t.slug, 'name', t.name) ORDER BY ct.position, t.name), '[]')
  FROM course_topic AS ct JOIN topic AS t ON t.id = ct.topic_id
  WHERE ct.course_id = course.id)`;

const related = sql<string[]>`(
  SELECT coalesce(json_agg(coalesce(other.external_id, 'urn:uuid:' || other.id::text) ORDER BY cr.position), '[]')
  FROM course_related AS cr JOIN course AS other ON other.id = cr.related_id
  WHERE cr.course_id = course.id)`;

const translations = sql<CourseRecord["translations"]>`(
  SELECT coalesce(json_agg(json_build_object(
    'language', ct.language, 'title', ct.title, 'summary', ct.summary, 'body', ct.body,
    'prerequisites', ct.prerequisites, 'outcomes', ct.outcomes, 'syllabus', ct.syllabus)
    ORDER BY ct.language COLLATE "C"), '[]')
  FROM course_translation AS ct WHERE ct.course_id = course.id)`;

export const courseRecordColumns = {
  externalId: courseExternalId.as("external_id"),
  sourceUrl: course.sourceUrl,
  code: course.code,
  slug: course.slug,
  title: course.title,
  summary: course.summary,
  body: course.body,
  contentLanguage: course.contentLanguage,
  level: course.level,
  durationDays: course.durationDays,
  prerequisites: course.prerequisites,
  outcomes: course.outcomes,
  syllabus: course.syllabus,
  keywords: course.keywords,
  deliveryModes: course.deliveryModes,
  languages: course.languages,
  topics: topics.as("topics"),
  related: related.as("related"),
  translations: translations.as("translations"),
  status: course.status,
};
