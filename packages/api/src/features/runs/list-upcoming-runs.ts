import { Id, Instant } from "@lectern/contract/primitives";
import type { RunsUpcomingInput, RunsUpcomingOutput } from "@lectern/contract/runs";
import { int4, int8, nullable, text, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, type Slots } from "@lectern/database/prepared";
import type { Database, QueryBuilders } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import {
  FILTER_PARAMETERS,
  filterValues,
  hasLevel,
  hasTopic,
  isInCity,
  isInCountry,
  isPriced,
  startsBefore,
  startsUntil,
  unlessNull,
} from "../../shared/catalogue-filter.ts";
import { foundCourses, SEARCH_PARAMETERS } from "../../shared/course-search.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import {
  betterTranslation,
  inWordsOf,
  LANGUAGE_PARAMETERS,
  wantedLanguages,
} from "../../shared/in-language.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { searchTerms } from "../../shared/search-terms.ts";

const PARAMETERS = {
  ...FILTER_PARAMETERS,
  ...LANGUAGE_PARAMETERS,
  course: nullable(text),
  afterStart: nullable(timestamptz),
  afterId: nullable(uuid),
  limit: int4,
};

/** The courses of a list. */
interface CourseSource {
  /** All of them, as `course c`. */
  readonly all: SQL;
  /** That the course of a run `o` is one of them, of which a condition on `c` holds. */
  readonly has: (condition: SQL) => SQL;
}

const EVERY: CourseSource = {
  all: sql`course AS c`,
  // Looked up for each run: a join, for as many as may be, would read all courses.
  has: (condition) =>
    sql`EXISTS (SELECT FROM course AS c WHERE c.id = o.course_id AND ${condition} OFFSET 0)`,
};
const FOUND: CourseSource = {
  all: sql`found AS c`,
  // As a value, which is looked up in a hash; as a condition it would become a join, for which all that were found are gone through each time.
  has: (condition) =>
    sql`coalesce(o.course_id IN (SELECT c.id FROM found AS c WHERE ${condition}), false)`,
};

const upcoming = prepared("runs.upcoming", PARAMETERS, (q, $) =>
  pageOf(q, $, sql`WITH ${pageIds($, EVERY)}`),
);
const searchedUpcoming = prepared(
  "runs.upcoming.searched",
  { ...PARAMETERS, ...SEARCH_PARAMETERS },
  (q, $) => pageOf(q, $, sql`WITH ${foundCourses($)}, ${pageIds($, FOUND)}`),
);

/**
 * The table expressions `page (id, starts_at)` and `counted (runs, offers)`.
 *
 * A page is looked for in two ways, so that its time depends neither on the number of runs nor on how rare the wanted
 * ones are:
 *
 * - `walk`: the next runs of all, in their order by the index, and of these the ones that fit. Where many fit, they
 *   soon make a page.
 * - Where the walk was in vain, through the calendar of runs. `fitting`: its rows that fit, with the places in `starts`
 *   between which they do. `slice`: where the page would begin in each. `horizon`: a time up to which more than
 *   a page of runs begin, as each slice has one by its own first start. Then the runs of the few slices that begin by then, by the
 *   index on course and start.
 *
 * How many there are in all the calendar's first rows that fit tell, and all of them where they are few.
 */
function pageIds($: Slots<typeof PARAMETERS>, courses: CourseSource): SQL {
  return sql`
    walk AS MATERIALIZED (
      SELECT o.id, o.starts_at
      FROM (
        SELECT r.*
        FROM course_run AS r
        WHERE r.visibility = 'public' AND r.status IN ('tentative', 'confirmed')
          AND r.starts_at > now()
          -- Those of one course are few, and the calendar knows them.
          AND ${$.course} IS NULL
          -- Where the index is entered.
          AND r.starts_at >= greatest(
            now(), ${$.afterStart}, ${$.from}::timestamp AT TIME ZONE 'UTC' - ${FURTHEST_ZONE})
          AND (${$.afterId} IS NULL OR (r.starts_at, r.id) > (${$.afterStart}, ${$.afterId}))
        ORDER BY r.starts_at, r.id
        LIMIT ${WALK_RUNS}
      ) AS o
      WHERE ${unlessNull($.languages, sql`o.language = ANY (${$.languages})`)}
        AND ${unlessNull($.deliveryModes, sql`o.delivery_mode = ANY (${$.deliveryModes})`)}
        AND ${isPriced($)}
        AND ${unlessNull($.from, sql`o.starts_at >= ${$.from}::timestamp AT TIME ZONE o.time_zone`)}
        AND ${unlessNull($.to, sql`o.starts_at < (${$.to} + 1)::timestamp AT TIME ZONE o.time_zone`)}
        AND ${unlessNull($.countries, sql`(SELECT ${isInCountry($)} FROM venue AS v WHERE v.id = o.venue_id)`)}
        AND ${unlessNull($.cities, sql`(SELECT ${isInCity($)} FROM venue AS v WHERE v.id = o.venue_id)`)}
        AND ${courses.has(isOfCourse($))}
      ORDER BY o.starts_at, o.id
      LIMIT ${$.limit} + 1
    ),
    is_walked AS MATERIALIZED (
      SELECT count(*) > ${$.limit} AS yes FROM walk
    ),
    fitting AS NOT MATERIALIZED (
      SELECT o.*, ${startsBefore($)} AS low, ${startsUntil($)} AS high
      FROM ${courses.all}
        JOIN run_calendar AS o ON o.course_id = c.id
        LEFT JOIN venue AS v ON v.id = o.venue_id
      WHERE ${isOfCourse($)}
        AND ${unlessNull($.languages, sql`o.language = ANY (${$.languages})`)}
        AND ${unlessNull($.deliveryModes, sql`o.delivery_mode = ANY (${$.deliveryModes})`)}
        AND ${isInCountry($)} AND ${isInCity($)} AND ${isPriced($)}
      OFFSET 0
    ),
    counted AS MATERIALIZED (
      SELECT coalesce(sum(high - low), 0) AS runs, count(*) AS offers
      FROM (
        SELECT high, low FROM fitting
        WHERE ${$.afterId} IS NULL AND high > low
        LIMIT ${COUNTED_OFFERS}
      ) AS first
    ),
    slice AS MATERIALIZED (
      SELECT course_id, venue_id, delivery_mode, language, time_zone, price_amount, price_currency,
        starts[high] AS last,
        -- The first start of the page, and the first that is later than the page before.
        CASE WHEN ${$.afterStart} IS NULL THEN starts[low + 1]
          ELSE starts[1 + greatest(low, width_bucket(${$.afterStart} - interval '1 microsecond', starts))]
        END AS first,
        CASE WHEN ${$.afterStart} IS NULL THEN starts[low + 1]
          ELSE starts[1 + greatest(low, width_bucket(${$.afterStart}, starts))]
        END AS later
      FROM fitting
      WHERE NOT (SELECT yes FROM is_walked) AND high > low
    ),
    horizon AS (
      SELECT coalesce((
        SELECT later FROM slice WHERE later <= last ORDER BY later OFFSET ${$.limit} LIMIT 1
      ), 'infinity') AS until
    ),
    page AS (
      SELECT id, starts_at FROM walk WHERE (SELECT yes FROM is_walked)
      UNION ALL (
        SELECT r.id, r.starts_at
        FROM slice AS s CROSS JOIN horizon CROSS JOIN LATERAL (
          SELECT r.id, r.starts_at
          FROM course_run AS r
          WHERE r.course_id = s.course_id
            AND r.starts_at BETWEEN s.first AND least(horizon.until, s.last)
            AND (${$.afterId} IS NULL OR (r.starts_at, r.id) > (${$.afterStart}, ${$.afterId}))
            AND r.visibility = 'public' AND r.status IN ('tentative', 'confirmed')
            AND r.venue_id IS NOT DISTINCT FROM s.venue_id
            AND r.delivery_mode = s.delivery_mode AND r.language = s.language
            AND r.time_zone = s.time_zone
            AND r.price_amount IS NOT DISTINCT FROM s.price_amount
            AND r.price_currency IS NOT DISTINCT FROM s.price_currency
          ORDER BY r.starts_at, r.id
          LIMIT ${$.limit} + 1
        ) AS r
        WHERE NOT (SELECT yes FROM is_walked) AND s.first <= least(horizon.until, s.last)
        ORDER BY r.starts_at, r.id
        LIMIT ${$.limit} + 1
      )
    )`;
}

/** So many runs are looked at one after the other before the calendar is asked. */
const WALK_RUNS = sql`1000`;

/** So many rows of the calendar are counted; who asks is told that there are more. */
const OFFERS = 400;
/** One more shows that there are more. */
const COUNTED_OFFERS = sql`401`;

/** No zone is further from UTC, and none was. */
const FURTHEST_ZONE = sql`interval '16 hours'`;

/** Of a course `c`. */
function isOfCourse($: Slots<typeof PARAMETERS>): SQL {
  return sql`c.status = 'published' AND ${unlessNull($.course, sql`c.slug = ${$.course}`)}
    AND ${hasTopic($)} AND ${hasLevel($)}`;
}

function pageOf(q: QueryBuilders, $: Slots<typeof PARAMETERS>, tables: SQL) {
  return q
    .select({
      run: runSummaryColumns,
      translation: betterTranslation($),
      runs: sql`page.runs`.mapWith(int8),
      offers: sql`page.offers`.mapWith(int8),
    })
    .from(sql`(${tables} SELECT * FROM page CROSS JOIN counted) AS page`)
    .innerJoin(courseRun, sql`${courseRun.id} = page.id`)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .orderBy(sql`page.starts_at, page.id`);
}

/** The last run of the page before, and what its list said of how many there are. */
const After = z.tuple([Instant, Id, z.int().min(0), z.boolean()]);

/**
 * Public runs that have not begun, soonest first. Topic, level and text speak of the course; all
 * other choices of the run itself.
 *
 * @returns a page; how many there are in all is counted for the first one, and told again for the others
 * @throws Invalid for a cursor that is not of this list
 */
export async function listUpcomingRuns(
  db: Database,
  _call: Call,
  input: z.infer<typeof RunsUpcomingInput>,
): Promise<z.infer<typeof RunsUpcomingOutput>> {
  const terms = input.query ? searchTerms(input.query) : undefined;
  const after = decodeCursor(input.cursor, After);
  const [afterStart, afterId, total, isTotalExact] = after ?? [];
  const page = {
    ...filterValues(input),
    wanted: wantedLanguages(input.language),
    course: input.course ?? null,
    afterStart: afterStart === undefined ? null : new Date(afterStart),
    afterId: afterId ?? null,
    limit: input.limit,
  };
  const rows = await (terms === undefined
    ? upcoming.execute(db, page)
    : searchedUpcoming.execute(db, { ...page, ...terms }));

  const [first] = rows;
  const counted = {
    total: total ?? first?.runs ?? 0,
    isTotalExact: isTotalExact ?? (first === undefined || first.offers <= OFFERS),
  };
  const items = rows.slice(0, input.limit).map(({ run, translation }) => {
    const summary = toRunSummary(run);
    return { ...summary, course: inWordsOf(summary.course, translation) };
  });
  const last = items.at(-1);
  return {
    items,
    nextCursor:
      rows.length > input.limit && last
        ? encodeCursor([last.startsAt, last.id, counted.total, counted.isTotalExact])
        : null,
    ...counted,
  };
}
