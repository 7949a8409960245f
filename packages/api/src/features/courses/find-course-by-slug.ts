import type { CourseBySlugInput, CourseDetail } from "@lectern/contract/courses";
import { nullable, text } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { coursesInLanguage, runsInLanguage } from "../../shared/in-language.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { courseColumns, courseSummaryColumns } from "./course-summary.ts";
import { findPresentSlug } from "./former-slugs.ts";

const UPCOMING_RUNS_MAX = 100;
const RELATED_MAX = 12;
/** So many are found by their topics where nobody named any. */
const RELATED_BY_TOPIC = 3;

interface Translated {
  language: string;
  title: string;
  summary: string;
  body: string;
  prerequisites: string[];
  outcomes: string[];
  syllabus: CourseDetail["syllabus"];
}

/** The translation into the language asked for, else into its base language (`nb` for `nb-NO`). */
const courseBySlug = prepared(
  "courses.bySlug",
  { slug: course.slug, language: nullable(text), baseLanguage: nullable(text) },
  (q, $) =>
    q
      .select({
        ...courseColumns,
        body: course.body,
        status: course.status,
        prerequisites: course.prerequisites,
        outcomes: course.outcomes,
        syllabus: course.syllabus,
        keywords: course.keywords,
        sourceUrl: course.sourceUrl,
        version: course.version,
        updatedAt: course.updatedAt,
        translations: sql<string[]>`(
          SELECT coalesce(json_agg(t.language ORDER BY t.language), '[]')
          FROM course_translation AS t WHERE t.course_id = course.id)`.as("translations"),
        translated: sql<Translated | null>`(
          SELECT json_build_object('language', t.language, 'title', t.title, 'summary', t.summary, 'body', t.body,
            'prerequisites', t.prerequisites, 'outcomes', t.outcomes, 'syllabus', t.syllabus)
          FROM course_translation AS t
          WHERE t.course_id = course.id AND t.language IN (${$.language}, ${$.baseLanguage})
            AND ${course.contentLanguage} <> ${$.language}
            AND (t.language = ${$.language} OR ${course.contentLanguage} <> ${$.baseLanguage})
          ORDER BY t.language = ${$.language} DESC LIMIT 1)`.as("translated"),
      })
      .from(course)
      .where(and(eq(course.slug, $.slug), eq(course.status, "published"))),
);

const upcomingRuns = prepared("courses.bySlug.runs", { slug: course.slug }, (q, $) =>
  q
    .select(runSummaryColumns)
    .from(course)
    .innerJoin(courseRun, eq(courseRun.courseId, course.id))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .where(
      and(
        eq(course.slug, $.slug),
        eq(courseRun.visibility, "public"),
        inArray(courseRun.status, ["tentative", "confirmed"]),
        sql`${courseRun.startsAt} > now()`,
      ),
    )
    .orderBy(asc(courseRun.startsAt), asc(courseRun.id))
    .limit(UPCOMING_RUNS_MAX),
);

/** Those that editors named, in their order; where they named none, those that share most topics. */
const relatedCourses = prepared("courses.bySlug.related", { slug: course.slug }, (q, $) =>
  q
    .select(courseSummaryColumns)
    .from(
      sql`(
        WITH named AS (
          SELECT r.related_id AS id, r.position
          FROM course AS c JOIN course_related AS r ON r.course_id = c.id
            JOIN course AS other ON other.id = r.related_id AND other.status = 'published'
          WHERE c.slug = ${$.slug}
        ), sharing AS (
          SELECT other.course_id AS id, count(*) AS shared
          FROM course AS c JOIN course_topic AS own ON own.course_id = c.id
            JOIN course_topic AS other ON other.topic_id = own.topic_id AND other.course_id <> c.id
            JOIN course AS published ON published.id = other.course_id AND published.status = 'published'
          WHERE c.slug = ${$.slug} AND NOT EXISTS (SELECT FROM named)
          GROUP BY other.course_id
          ORDER BY shared DESC, other.course_id
          LIMIT ${sql`${RELATED_BY_TOPIC}::integer`}
        )
        SELECT id, position::bigint AS place FROM named
        UNION ALL
        SELECT id, -shared FROM sharing
      ) AS chosen`,
    )
    .innerJoin(course, sql`${course.id} = chosen.id`)
    .orderBy(sql`chosen.place`, asc(course.id))
    .limit(RELATED_MAX),
);

/**
 * One published course with its upcoming runs and related courses, in the language asked for as far
 * as there is a translation. An address that a course had before finds it, too: the answer says which one it
 * has now.
 *
 * @throws NotFound for a slug that no published course has or had
 */
export async function findCourseBySlug(
  db: Database,
  _call: Call,
  { slug, language = null }: z.infer<typeof CourseBySlugInput>,
): Promise<CourseDetail> {
  const found = await findDetail(db, slug, language);
  if (found !== undefined) return found;
  const present = await findPresentSlug(db, slug);
  const moved = present === undefined ? undefined : await findDetail(db, present, language);
  if (moved === undefined) throw notFound("course", slug);
  return moved;
}

async function findDetail(
  db: Database,
  slug: string,
  language: string | null,
): Promise<CourseDetail | undefined> {
  const baseLanguage = language?.split("-")[0] ?? null;
  const [found, runs, related] = await Promise.all([
    courseBySlug.first(db, { slug, language, baseLanguage }),
    upcomingRuns.execute(db, { slug }),
    relatedCourses.execute(db, { slug }),
  ]);
  if (found === undefined) return undefined;
  const { translated, ...detail } = found;
  const [shownRuns, shownRelated] = await Promise.all([
    runsInLanguage(db, language, runs.map(toRunSummary)),
    coursesInLanguage(db, language, related),
  ]);
  return {
    ...detail,
    ...(translated !== null && inTranslation(found, translated)),
    upcomingRuns: shownRuns,
    related: shownRelated,
    updatedAt: found.updatedAt.toISOString(),
  };
}

type Lists = Pick<CourseDetail, "prerequisites" | "outcomes" | "syllabus">;

/** A list that nobody translated is given as the course has it: better in another language than not at all. */
function inTranslation(course: Lists, translated: Translated) {
  const { title, summary, body, language, prerequisites, outcomes, syllabus } = translated;
  return {
    title,
    summary,
    body,
    contentLanguage: language,
    prerequisites: prerequisites.length > 0 ? prerequisites : course.prerequisites,
    outcomes: outcomes.length > 0 ? outcomes : course.outcomes,
    syllabus: syllabus.length > 0 ? syllabus : course.syllabus,
  };
}
