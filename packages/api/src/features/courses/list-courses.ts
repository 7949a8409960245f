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
  hasLevel,
  hasTopic,
  isInCity,
  isInCountry,
  isOfferedInLanguage,
  isOfferedInMode,
  isPriced,
  startsBefore,
  startsUntil,
} from "../../shared/catalogue-filter.ts";
import { foundCourses, SEARCH_PARAMETERS } from "../../shared/course-search.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { searchTerms } from "../../shared/search-terms.ts";
import { courseSummaryColumns } from "./course-summary.ts";

const PARAMETERS = {
  ...FILTER_PARAMETERS,
  afterKey: nullable(float8),
  afterTitle: nullable(text),
  afterId: nullable(uuid),
  limit: int4,
};
const SEARCHED_PARAMETERS = { ...PARAMETERS, ...SEARCH_PARAMETERS };

/** What a list is sorted by first: a number, ascending. Then come the folded title and the id. */
const SORT_KEYS: Readonly<Record<z.infer<typeof CourseSort>, SQL>> = {
  title: sql`0::float8`,
  relevance: sql`-f.rank`,
  /** Milliseconds since 1970 of the next run; courses without one last. */
  next_run: sql`coalesce((
    SELECT 1000 * extract(epoch FROM min(o.starts[1 + width_bucket(now(), o.starts)]))
    FROM run_calendar AS o WHERE o.course_id = c.id), 1e15)::float8`,
};

const all = sql`course AS c`;
const found = sql`found AS f JOIN course AS c ON c.id = f.id`;

const lists = {
  title: prepared("courses.list.title", PARAMETERS, (q, $) =>
    pageOf(q, $, matching($, all, SORT_KEYS.title)),
  ),
  next_run: prepared("courses.list.nextRun", PARAMETERS, (q, $) =>
    pageOf(q, $, matching($, all, SORT_KEYS.next_run)),
  ),
};
const searchedLists = {
  relevance: prepared("courses.list.searched", SEARCHED_PARAMETERS, (q, $) =>
    pageOf(q, $, sql`${foundCourses($)}, ${matching($, found, SORT_KEYS.relevance)}`),
  ),
  title: prepared("courses.list.searchedByTitle", SEARCHED_PARAMETERS, (q, $) =>
    pageOf(q, $, sql`${foundCourses($)}, ${matching($, found, SORT_KEYS.title)}`),
  ),
  next_run: prepared("courses.list.searchedByNextRun", SEARCHED_PARAMETERS, (q, $) =>
    pageOf(q, $, sql`${foundCourses($)}, ${matching($, found, SORT_KEYS.next_run)}`),
  ),
};

/** The table expression `matching (id, key, title)`: the courses of a filter, with their place in the list. */
function matching($: Slots<typeof PARAMETERS>, source: SQL, key: SQL): SQL {
  return sql`
    reachable AS (
      SELECT o.course_id FROM (
        SELECT o.* FROM run_calendar AS o LEFT JOIN venue AS v ON v.id = o.venue_id
        WHERE ${isInCountry($)} AND ${isInCity($)} AND ${isPriced($)}
        -- Places and prices first: to find dates among the starts takes longer.
        OFFSET 0
      ) AS o
      WHERE ${startsUntil($)} > ${startsBefore($)}
    ),
    matching AS MATERIALIZED (
      SELECT c.id, ${key} AS key, left(c.search_title, ${CURSOR_TITLE_LENGTH}) AS title
      FROM ${source}
      WHERE c.status = 'published'
        AND ${hasTopic($)} AND ${hasLevel($)} AND ${isOfferedInLanguage($)} AND ${isOfferedInMode($)}
        AND CASE WHEN ${$.isAboutRuns} THEN c.id IN (SELECT course_id FROM reachable) ELSE true END
    )`;
}

/** So much of a title decides about the order, and goes into the cursor. */
const CURSOR_TITLE_LENGTH = sql`64`;

function pageOf(q: QueryBuilders, $: Slots<typeof PARAMETERS>, tables: SQL) {
  return q
    .select({
      course: courseSummaryColumns,
      key: sql`page.key`.mapWith(float8),
      title: sql<string>`page.title`,
      total: sql`page.total`.mapWith(int8),
      remaining: sql`page.remaining`.mapWith(int8),
    })
    .from(
      sql`(
        WITH ${tables}
        SELECT id, key, title, count(*) OVER () AS remaining, (SELECT count(*) FROM matching) AS total
        FROM matching
        WHERE ${$.afterId} IS NULL OR (key, title, id) > (${$.afterKey}, ${$.afterTitle}, ${$.afterId})
        ORDER BY key, title, id
        LIMIT ${$.limit}
      ) AS page`,
    )
    .innerJoin(course, sql`${course.id} = page.id`)
    .orderBy(sql`page.key, page.title, page.id`);
}

/**
 * The catalogue: published courses, searched, narrowed and sorted, a page at a time.
 *
 * @throws Invalid for a cursor that is not of this list and order
 */
export async function listCourses(
  db: Database,
  _call: Call,
  input: z.infer<typeof CoursesListInput>,
): Promise<z.infer<typeof CoursesListOutput>> {
  const terms = input.query ? searchTerms(input.query) : undefined;
  const sort = sortOf(input, terms !== undefined);
  const after = decodeCursor(
    input.cursor,
    z.tuple([z.literal(sort), z.number(), multiline(300), Id]),
  );
  const page = {
    ...filterValues(input),
    afterKey: after?.[1] ?? null,
    afterTitle: after?.[2] ?? null,
    afterId: after?.[3] ?? null,
    limit: input.limit,
  };
  const run = (values: typeof page) =>
    terms === undefined
      ? lists[sort === "next_run" ? sort : "title"].execute(db, values)
      : searchedLists[sort].execute(db, { ...values, ...terms });

  const rows = await run(page);
  const last = rows.at(-1);
  if (last === undefined) {
    // Beyond the end of the list nothing tells how long it is.
    const [first] = after === undefined ? [] : await run({ ...page, afterId: null, limit: 1 });
    return { items: [], nextCursor: null, total: first?.total ?? 0 };
  }
  return {
    items: rows.map((row) => row.course),
    nextCursor:
      last.remaining > rows.length
        ? encodeCursor([sort, last.key, last.title, last.course.id])
        : null,
    total: last.total,
  };
}

function sortOf(input: z.infer<typeof CoursesListInput>, isSearched: boolean) {
  if (!isSearched) return input.sort === "next_run" ? input.sort : "title";
  return input.sort ?? "relevance";
}
