import type {
  CourseEditingSort,
  CourseForEditingSummary,
  CoursesForEditingInput,
  CoursesForEditingOutput,
} from "@lectern/contract/course-editing";
import { Id, Instant, multiline } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { course, courseVersion } from "@lectern/database/schema/catalogue";
import { person } from "@lectern/database/schema/people";
import { type SQL, and, arrayOverlaps, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { checkableColumns, toCheckable } from "./checkable-columns.ts";
import { missingOf } from "./course-checks.ts";
import { courseColumns } from "./course-summary.ts";
import { savedByColumns, toSavedBy } from "./saved-by.ts";

type ListInput = z.infer<typeof CoursesForEditingInput>;
type Sort = z.infer<typeof CourseEditingSort>;

const CURSOR_KEYS = {
  updated: z.tuple([z.literal("updated"), Instant, Id]),
  title: z.tuple([z.literal("title"), multiline(300), Id]),
} as const satisfies Record<Sort, z.ZodType>;

/** So much of a title decides about the order: what the index has. */
const LISTED_TITLE = sql<string>`left(${course.searchTitle}, 64)`;

const columns = {
  ...courseColumns,
  ...checkableColumns,
  status: course.status,
  contentLanguage: course.contentLanguage,
  version: course.version,
  updatedAt: course.updatedAt,
  translations: sql<string[]>`(
    SELECT coalesce(json_agg(tr.language ORDER BY tr.language COLLATE "C"), '[]')
    FROM course_translation AS tr WHERE tr.course_id = course.id)`.as("translations"),
  upcomingRuns: sql<number>`(
    SELECT count(*)::int FROM course_run AS r
    WHERE r.course_id = course.id AND r.status IN ('tentative', 'confirmed') AND r.starts_at > now())`.as(
    "upcoming_runs",
  ),
  listedTitle: LISTED_TITLE.as("listed_title"),
};

/**
 * Courses in every state, for those who write and publish them, a page at a time: what was changed last
 * first, or by title.
 *
 * @throws Invalid for a cursor of another list or order
 */
export async function listCoursesForEditing(
  db: Database,
  _call: Call,
  input: ListInput,
): Promise<z.infer<typeof CoursesForEditingOutput>> {
  const isWanted = wanted(input);
  const [rows, total] = await Promise.all([
    db
      .select({ ...columns, ...savedByColumns })
      .from(course)
      .leftJoin(
        courseVersion,
        and(eq(courseVersion.courseId, course.id), eq(courseVersion.version, course.version)),
      )
      .leftJoin(person, eq(person.id, courseVersion.savedById))
      .where(and(isWanted, isAfter(input)))
      .orderBy(...orderOf(input.sort))
      .limit(input.limit + 1),
    db.$count(course, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map(toSummary),
    nextCursor: last === undefined ? null : encodeCursor(keyOf(input.sort, last)),
    total,
  };
}

function wanted(input: ListInput): SQL | undefined {
  return and(
    isGiven(input.statuses) ? inArray(course.status, [...input.statuses]) : undefined,
    isGiven(input.languages) ? arrayOverlaps(course.languages, [...input.languages]) : undefined,
    isGiven(input.topics)
      ? sql`EXISTS (
          SELECT FROM course_topic AS ct JOIN topic AS t ON t.id = ct.topic_id
          WHERE ct.course_id = course.id AND t.slug = ANY(${sql.param([...input.topics])}::text[]))`
      : undefined,
    lacksLanguage(input.lacksLanguage),
    isFound(input.query),
  );
}

function isGiven<Item>(choices: readonly Item[] | null | undefined): choices is readonly Item[] {
  return choices !== null && choices !== undefined && choices.length > 0;
}

function lacksLanguage(language: string | null | undefined): SQL | undefined {
  if (language === null || language === undefined) return undefined;
  return sql`(${course.contentLanguage} <> ${language} AND NOT EXISTS (
    SELECT FROM course_translation AS tr WHERE tr.course_id = course.id AND tr.language = ${language}))`;
}

/** Whole words anywhere in the texts, and any part of title or code. */
function isFound(query: string | null | undefined): SQL | undefined {
  const text = query?.trim() ?? "";
  if (text === "") return undefined;
  const part = `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
  return sql`(
    ${course.searchDocument} @@ websearch_to_tsquery('english', lectern_fold(${text}))
    OR ${course.searchTitle} LIKE lectern_fold(${part}))`;
}

function orderOf(sort: Sort): SQL[] {
  return sort === "title"
    ? [asc(LISTED_TITLE), asc(course.id)]
    : [desc(course.updatedAt), desc(course.id)];
}

function isAfter({ sort, cursor }: ListInput): SQL | undefined {
  if (sort === "title") {
    const after = decodeCursor(cursor, CURSOR_KEYS.title);
    if (after === undefined) return undefined;
    return sql`(${LISTED_TITLE}, ${course.id}) > (${after[1]}, ${after[2]}::uuid)`;
  }
  const after = decodeCursor(cursor, CURSOR_KEYS.updated);
  if (after === undefined) return undefined;
  return sql`(${course.updatedAt}, ${course.id}) < (${after[1]}::timestamptz, ${after[2]}::uuid)`;
}

interface Keyed {
  id: string;
  listedTitle: string;
  updatedAt: Date;
}

function keyOf(sort: Sort, { id, listedTitle, updatedAt }: Keyed): string[] {
  return sort === "title" ? [sort, listedTitle, id] : [sort, updatedAt.toISOString(), id];
}

type Row = Parameters<typeof toCheckable>[0] &
  Keyed &
  Pick<
    CourseForEditingSummary,
    | "code"
    | "slug"
    | "title"
    | "status"
    | "level"
    | "contentLanguage"
    | "languages"
    | "topics"
    | "translations"
    | "upcomingRuns"
    | "version"
  > & {
    savedByKind: NonNullable<CourseForEditingSummary["updatedBy"]>["kind"] | null;
    savedByName: string | null;
  };

function toSummary(row: Row): CourseForEditingSummary {
  const { savedByKind, savedByName } = row;
  return {
    id: row.id,
    code: row.code,
    slug: row.slug,
    title: row.title,
    status: row.status,
    level: row.level,
    contentLanguage: row.contentLanguage,
    languages: row.languages,
    topics: row.topics,
    translations: row.translations,
    upcomingRuns: row.upcomingRuns,
    missing: missingOf(toCheckable(row, true)),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: savedByKind === null ? null : toSavedBy({ savedByKind, savedByName }),
    version: row.version,
  };
}
