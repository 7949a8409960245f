import type { CoursesListInput, CoursesListOutput, CourseSort } from "@lectern/contract/courses";
import { Id, multiline } from "@lectern/contract/primitives";
import { float8, int4, int8, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, type Slots } from "@lectern/database/prepared";
import type { Database, QueryBuilders } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import {
  FILTER_PARAMETERS,
  filterValues,
  isAnythingChosen,
  hasLevel,
  hasStart,
  hasTopic,
  isInCity,
  isInCountry,
  isOfferedInLanguage,
  isOfferedInMode,
  isPriced,
} from "../../shared/catalogue-filter.ts";
import { rankedCourses, SEARCH_PARAMETERS } from "../../shared/course-search.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import {
  betterTranslation,
  inWordsOf,
  LANGUAGE_PARAMETERS,
  wantedLanguages,
} from "../../shared/in-language.ts";
import { searchTerms } from "../../shared/search-terms.ts";
import { courseSummaryColumns } from "./course-summary.ts";

const PARAMETERS = {
  ...FILTER_PARAMETERS,
  ...LANGUAGE_PARAMETERS,
  afterKey: nullable(float8),
  afterTitle: nullable(text),
  afterId: nullable(uuid),
  limit: int4,
};
const SEARCHED_PARAMETERS = { ...PARAMETERS, ...SEARCH_PARAMETERS };

type ListSlots = Slots<typeof PARAMETERS>;

/** What a list is sorted by first: a number, ascending. Then come the folded title and the id. */
const SORT_KEYS: Readonly<Record<z.infer<typeof CourseSort>, SQL>> = {
  title: sql`0::float8`,
  relevance: sql`-c.rank`,
  /** Milliseconds since 1970 of the next run; courses without one last. */
  next_run: sql`coalesce((
    SELECT 1000 * extract(epoch FROM min(o.starts[1 + width_bucket(now(), o.starts)]))
    FROM run_calendar AS o WHERE o.course_id = c.id), 1e15)::float8`,
};

const all = sql`course AS c`;
const found = sql`found AS c`;

const lists = {
  /** Where nothing was chosen, both page and number come from an index. */
  whole: prepared("courses.list.whole", PARAMETERS, (q, $) =>
    pageOf(q, $, sql`WITH ${byTitle($, sql`c.status = 'published'`)}`),
  ),
  title: prepared("courses.list.title", PARAMETERS, (q, $) =>
    pageOf(q, $, sql`WITH ${reachable($)}, ${byTitle($, isListed($))}`),
  ),
  next_run: prepared("courses.list.nextRun", PARAMETERS, (q, $) =>
    pageOf(q, $, sql`WITH ${byKey($, all, SORT_KEYS.next_run)}`),
  ),
};
const searchedLists = {
  relevance: prepared("courses.list.searched", SEARCHED_PARAMETERS, (q, $) =>
    pageOf(q, $, sql`WITH ${rankedCourses($)}, ${byKey($, found, SORT_KEYS.relevance)}`),
  ),
  title: prepared("courses.list.searchedByTitle", SEARCHED_PARAMETERS, (q, $) =>
    pageOf(q, $, sql`WITH ${rankedCourses($)}, ${byKey($, found, SORT_KEYS.title)}`),
  ),
  next_run: prepared("courses.list.searchedByNextRun", SEARCHED_PARAMETERS, (q, $) =>
    pageOf(q, $, sql`WITH ${rankedCourses($)}, ${byKey($, found, SORT_KEYS.next_run)}`),
  ),
};

/** The table expression `reachable (course_id)`: courses with a run that is asked for. */
function reachable($: ListSlots): SQL {
  return sql`
    reachable AS (
      SELECT o.course_id FROM (
        SELECT o.* FROM run_calendar AS o LEFT JOIN venue AS v ON v.id = o.venue_id
        WHERE ${isInCountry($)} AND ${isInCity($)} AND ${isPriced($)}
        -- Places and prices first: to find dates among the starts takes longer.
        OFFSET 0
      ) AS o
      WHERE ${hasStart($)}
    )`;
}

/** Of a course `c`, beside `reachable`. */
function isListed($: ListSlots): SQL {
  return sql`c.status = 'published'
    AND ${hasTopic($)} AND ${hasLevel($)} AND ${isOfferedInLanguage($)} AND ${isOfferedInMode($)}
    AND CASE WHEN ${$.isAboutRuns} THEN c.id IN (SELECT course_id FROM reachable) ELSE true END`;
}

/** So much of a title decides about the order, and goes into the cursor. */
const LISTED_TITLE = sql`left(c.search_title, 64)`;

/** The table expression `page (id, key, title, total)`, in the order of an index. The total is for the first page alone. */
function byTitle($: ListSlots, isWanted: SQL): SQL {
  return sql`
    page AS (
      SELECT c.id, ${SORT_KEYS.title} AS key, ${LISTED_TITLE} AS title,
        CASE WHEN ${$.afterId} IS NULL THEN (SELECT count(*) FROM course AS c WHERE ${isWanted}) END AS total
      FROM course AS c
      WHERE ${isWanted}
        -- Where the index is entered.
        AND ${LISTED_TITLE} >= coalesce(${$.afterTitle}, '')
        AND (${$.afterId} IS NULL OR (${LISTED_TITLE}, c.id) > (${$.afterTitle}, ${$.afterId}))
      ORDER BY ${LISTED_TITLE}, c.id
      LIMIT ${$.limit} + 1
    )`;
}

/** The same in the order of a key that is worked out for every course that is wanted. */
function byKey($: ListSlots, source: SQL, key: SQL): SQL {
  return sql`
    ${reachable($)},
    matching AS MATERIALIZED (
      SELECT c.id, ${key} AS key, ${LISTED_TITLE} AS title
      FROM ${source}
      WHERE ${isListed($)}
    ),
    page AS (
      SELECT id, key, title, (SELECT count(*) FROM matching) AS total
      FROM matching
      WHERE ${$.afterId} IS NULL OR (key, title, id) > (${$.afterKey}, ${$.afterTitle}, ${$.afterId})
      ORDER BY key, title, id
      LIMIT ${$.limit} + 1
    )`;
}

function pageOf(q: QueryBuilders, $: ListSlots, tables: SQL) {
  return q
    .select({
      course: courseSummaryColumns,
      translation: betterTranslation($),
      key: sql`page.key`.mapWith(float8),
      title: sql<string>`page.title`,
      total: sql`page.total`.mapWith(nullable(int8)),
    })
    .from(sql`(${tables} SELECT * FROM page) AS page`)
    .innerJoin(course, sql`${course.id} = page.id`)
    .orderBy(sql`page.key, page.title, page.id`);
}

function afterIn(sort: z.infer<typeof CourseSort>) {
  return z.tuple([z.literal(sort), z.number(), multiline(300), Id, z.int().min(0)]);
}

/** By the order of a list: the last course of the page before, and how many its list had. To make a shape takes longer than to use it. */
const AFTER = {
  title: afterIn("title"),
  relevance: afterIn("relevance"),
  next_run: afterIn("next_run"),
} as const satisfies Record<z.infer<typeof CourseSort>, z.ZodType>;

type ListInput = z.infer<typeof CoursesListInput>;

/**
 * The catalogue: published courses, searched, narrowed and sorted, a page at a time.
 *
 * @throws Invalid for a cursor that is not of this list and order
 */
export async function listCourses(
  db: Database,
  _call: Call,
  input: ListInput,
): Promise<z.infer<typeof CoursesListOutput>> {
  const terms = input.query ? searchTerms(input.query) : undefined;
  const sort = sortOf(input, terms !== undefined);
  const after = decodeCursor(input.cursor, AFTER[sort]);
  const page = {
    ...filterValues(input),
    wanted: wantedLanguages(input.language),
    afterKey: after?.[1] ?? null,
    afterTitle: after?.[2] ?? null,
    afterId: after?.[3] ?? null,
    limit: input.limit,
  };
  const rows = await (terms === undefined
    ? lists[quickestOf(input, sort)].execute(db, page)
    : searchedLists[sort].execute(db, { ...page, ...terms }));

  const total = after?.[4] ?? rows[0]?.total ?? 0;
  const listed = rows.slice(0, input.limit);
  const last = listed.at(-1);
  return {
    items: listed.map((row) => inWordsOf(row.course, row.translation)),
    nextCursor:
      last !== undefined && rows.length > listed.length
        ? encodeCursor([sort, last.key, last.title, last.course.id, total])
        : null,
    total,
  };
}

function sortOf(input: ListInput, isSearched: boolean) {
  if (!isSearched) return input.sort === "next_run" ? input.sort : "title";
  return input.sort ?? "relevance";
}

function quickestOf(input: ListInput, sort: z.infer<typeof CourseSort>): keyof typeof lists {
  if (sort === "next_run") return sort;
  return isAnythingChosen(input) ? "title" : "whole";
}
