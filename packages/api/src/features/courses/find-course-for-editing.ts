import {
  type CourseForEditing,
  type CourseForEditingInput,
  TRANSLATED_FIELDS,
} from "@lectern/contract/course-editing";
import type { Database } from "@lectern/database/queryable";
import { course, courseVersion } from "@lectern/database/schema/catalogue";
import { person } from "@lectern/database/schema/people";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { checkableColumns, toCheckable } from "./checkable-columns.ts";
import { checkCourse } from "./course-checks.ts";
import { courseColumns } from "./course-summary.ts";
import { savedByColumns, toSavedBy } from "./saved-by.ts";

const related = sql<CourseForEditing["related"]>`(
  SELECT coalesce(json_agg(json_build_object(
    'slug', other.slug, 'code', other.code, 'title', other.title, 'status', other.status) ORDER BY cr.position), '[]')
  FROM course_related AS cr JOIN course AS other ON other.id = cr.related_id
  WHERE cr.course_id = course.id)`;

/** What the course says otherwise than the version that a translation says the same as. */
const outdated = sql`array_to_json(ARRAY(
  SELECT field.name FROM (VALUES
    ('title', to_jsonb(course.title)), ('summary', to_jsonb(course.summary)), ('body', to_jsonb(course.body)),
    ('prerequisites', to_jsonb(course.prerequisites)), ('outcomes', to_jsonb(course.outcomes)),
    ('syllabus', course.syllabus)
  ) AS field (name, value)
  WHERE source.snapshot IS NOT NULL AND source.snapshot -> field.name IS DISTINCT FROM field.value
  ORDER BY array_position(${sql.param([...TRANSLATED_FIELDS])}::text[], field.name)))`;

const translations = sql<CourseForEditing["translations"]>`(
  SELECT coalesce(json_agg(json_build_object(
    'language', tr.language, 'title', tr.title, 'summary', tr.summary, 'body', tr.body,
    'prerequisites', tr.prerequisites, 'outcomes', tr.outcomes, 'syllabus', tr.syllabus,
    'sourceVersion', tr.source_version, 'outdated', ${outdated})
    ORDER BY tr.language COLLATE "C"), '[]')
  FROM course_translation AS tr
    LEFT JOIN course_version AS source ON source.course_id = tr.course_id AND source.version = tr.source_version
  WHERE tr.course_id = course.id)`;

const columns = {
  ...courseColumns,
  ...checkableColumns,
  status: course.status,
  version: course.version,
  publishedAt: course.publishedAt,
  createdAt: course.createdAt,
  updatedAt: course.updatedAt,
  externalId: course.externalId,
  sourceUrl: course.sourceUrl,
  body: course.body,
  contentLanguage: course.contentLanguage,
  prerequisites: course.prerequisites,
  outcomes: course.outcomes,
  syllabus: course.syllabus,
  keywords: course.keywords,
  related: related.as("related"),
  translations: translations.as("translations"),
  upcomingRuns: sql<number>`(
    SELECT count(*)::int FROM course_run AS r
    WHERE r.course_id = course.id AND r.status IN ('tentative', 'confirmed') AND r.starts_at > now())`.as(
    "upcoming_runs",
  ),
};

/** A course whole, in whatever state, for those who write it. @throws NotFound */
export async function findCourseForEditing(
  db: Database,
  _call: Call,
  { id }: z.infer<typeof CourseForEditingInput>,
): Promise<CourseForEditing> {
  const [found] = await db
    .select({ ...columns, ...savedByColumns })
    .from(course)
    .leftJoin(
      courseVersion,
      and(eq(courseVersion.courseId, course.id), eq(courseVersion.version, course.version)),
    )
    .leftJoin(person, eq(person.id, courseVersion.savedById))
    .where(eq(course.id, id));
  if (found === undefined) throw notFound("course", id);
  const { savedByKind, savedByName, externalId, hasBody, topicCount, ...rest } = found;
  const { outcomeCount, moduleCount, ...content } = rest;
  const isUpToDate = content.translations.every((translation) => translation.outdated.length === 0);
  return {
    ...content,
    publishedAt: content.publishedAt?.toISOString() ?? null,
    createdAt: content.createdAt.toISOString(),
    updatedAt: content.updatedAt.toISOString(),
    updatedBy: savedByKind === null ? null : toSavedBy({ savedByKind, savedByName }),
    isImported: externalId !== null,
    checks: checkCourse(
      toCheckable({ ...content, hasBody, topicCount, outcomeCount, moduleCount }, isUpToDate),
    ),
  };
}
