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
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { searchTerms } from "../../shared/search-terms.ts";

const PARAMETERS = {
  ...FILTER_PARAMETERS,
  course: nullable(text),
  afterStart: nullable(timestamptz),
  afterId: nullable(uuid),
  limit: int4,
};

const upcoming = prepared("runs.upcoming", PARAMETERS, (q, $) =>
  pageOf(q, sql`WITH ${pageIds($, sql`course AS c`)}`),
);
const searchedUpcoming = prepared(
  "runs.upcoming.searched",
  { ...PARAMETERS, ...SEARCH_PARAMETERS },
  (q, $) =>
    pageOf(
      q,
      sql`WITH ${foundCourses($)}, ${pageIds($, sql`found AS f JOIN course AS c ON c.id = f.id`)}`,
    ),
);

/**
 * The table expression `page (id, starts_at, total)`, found through the calendar of runs:
 *
 * 1. `fitting`: rows of the calendar that fit, with the places in `starts` between which they do; the
 *    differences add up to the total. `slice`: where the page would begin in each.
 * 2. `horizon`: a time up to which more than a page of runs begin, as each slice has one by its own
 *    first start.
 * 3. The runs of the few slices that begin by then, by the index on course and start.
 *
 * So the work does not grow with the number of runs, nor with how rare the wanted ones are.
 */
function pageIds($: Slots<typeof PARAMETERS>, source: SQL): SQL {
  return sql`
    fitting AS NOT MATERIALIZED (
      SELECT o.*, ${startsBefore($)} AS low, ${startsUntil($)} AS high
      FROM ${source}
        JOIN run_calendar AS o ON o.course_id = c.id
        LEFT JOIN venue AS v ON v.id = o.venue_id
      WHERE c.status = 'published' AND ${unlessNull($.course, sql`c.slug = ${$.course}`)}
        AND ${hasTopic($)} AND ${hasLevel($)}
        AND ${unlessNull($.languages, sql`o.language = ANY (${$.languages})`)}
        AND ${unlessNull($.deliveryModes, sql`o.delivery_mode = ANY (${$.deliveryModes})`)}
        AND ${isInCountry($)} AND ${isInCity($)} AND ${isPriced($)}
      OFFSET 0
    ),
    slice AS MATERIALIZED (
      SELECT course_id, venue_id, delivery_mode, language, time_zone, price_amount, price_currency,
        high - low AS runs, starts[high] AS last,
        -- The first start of the page, and the first that is later than the page before.
        CASE WHEN ${$.afterStart} IS NULL THEN starts[low + 1]
          ELSE starts[1 + greatest(low, width_bucket(${$.afterStart} - interval '1 microsecond', starts))]
        END AS first,
        CASE WHEN ${$.afterStart} IS NULL THEN starts[low + 1]
          ELSE starts[1 + greatest(low, width_bucket(${$.afterStart}, starts))]
        END AS later
      FROM fitting
      WHERE high > low
    ),
    horizon AS (
      SELECT coalesce((
        SELECT later FROM slice WHERE later <= last ORDER BY later OFFSET ${$.limit} LIMIT 1
      ), 'infinity') AS until
    ),
    page AS (
      SELECT r.id, r.starts_at, (SELECT sum(runs) FROM slice) AS total
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
      WHERE s.first <= least(horizon.until, s.last)
      ORDER BY r.starts_at, r.id
      LIMIT ${$.limit} + 1
    )`;
}

function pageOf(q: QueryBuilders, tables: SQL) {
  return q
    .select({ run: runSummaryColumns, total: sql`page.total`.mapWith(int8) })
    .from(sql`(${tables} SELECT * FROM page) AS page`)
    .innerJoin(courseRun, sql`${courseRun.id} = page.id`)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .orderBy(sql`page.starts_at, page.id`);
}

const After = z.tuple([Instant, Id]);

/**
 * Public runs that have not begun, soonest first. Topic, level and text speak of the course; all
 * other choices of the run itself.
 *
 * @throws Invalid for a cursor that is not of this list
 */
export async function listUpcomingRuns(
  db: Database,
  _call: Call,
  input: z.infer<typeof RunsUpcomingInput>,
): Promise<z.infer<typeof RunsUpcomingOutput>> {
  const terms = input.query ? searchTerms(input.query) : undefined;
  const after = decodeCursor(input.cursor, After);
  const page = {
    ...filterValues(input),
    course: input.course ?? null,
    afterStart: after === undefined ? null : new Date(after[0]),
    afterId: after?.[1] ?? null,
    limit: input.limit,
  };
  const run = (values: typeof page) =>
    terms === undefined
      ? upcoming.execute(db, values)
      : searchedUpcoming.execute(db, { ...values, ...terms });

  const rows = await run(page);
  if (rows.length === 0 && after !== undefined) {
    // Beyond the end of the list nothing tells how long it is.
    const [first] = await run({ ...page, afterStart: null, afterId: null, limit: 1 });
    return { items: [], nextCursor: null, total: first?.total ?? 0 };
  }
  const items = rows.slice(0, input.limit).map((row) => toRunSummary(row.run));
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.startsAt, last.id]) : null,
    total: rows[0]?.total ?? 0,
  };
}
