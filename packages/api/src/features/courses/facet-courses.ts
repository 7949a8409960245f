import type { CoursesFacetsInput } from "@lectern/contract/courses";
import type { Facets } from "@lectern/contract/filters";
import { COURSE_LEVELS, DELIVERY_MODES } from "@lectern/contract/vocabulary";
import { int4, nullable, text } from "@lectern/database/codecs";
import { prepared, rows, type Slots } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import {
  FILTER_PARAMETERS,
  filterValues,
  hasLevel,
  hasStart,
  hasTopic,
  isInCity,
  isInCountry,
  isOfferedInLanguage,
  isOfferedInMode,
  isPriced,
} from "../../shared/catalogue-filter.ts";
import { foundCourses, SEARCH_PARAMETERS } from "../../shared/course-search.ts";
import { searchTerms } from "../../shared/search-terms.ts";

const COUNT_COLUMNS = {
  facet: text,
  value: text,
  label: nullable(text),
  count: int4,
  min: nullable(int4),
  max: nullable(int4),
};

/** The contract's limit on the values of one facet. */
const VALUES_MAX = 1000;

const facets = prepared("courses.facets", FILTER_PARAMETERS, (_, $) =>
  rows(COUNT_COLUMNS, sql`WITH ${counts($, sql`course AS c`)}`),
);
const searchedFacets = prepared(
  "courses.facets.searched",
  { ...FILTER_PARAMETERS, ...SEARCH_PARAMETERS },
  (_, $) => rows(COUNT_COLUMNS, sql`WITH ${foundCourses($)}, ${counts($, sql`found AS c`)}`),
);

/**
 * Each condition is worked out once for each course and each row of the calendar; a facet counts
 * where all conditions but its own hold (`but_topic` and so on).
 */
function counts($: Slots<typeof FILTER_PARAMETERS>, source: SQL): SQL {
  const offers = sql`run_calendar AS o LEFT JOIN venue AS v ON v.id = o.venue_id`;
  return sql`
    fit AS MATERIALIZED (
      SELECT c.id, c.level, c.languages, c.delivery_modes,
        ${hasTopic($)} AS topic, ${hasLevel($)} AS level_fits,
        ${isOfferedInLanguage($)} AS language, ${isOfferedInMode($)} AS mode,
        CASE WHEN ${$.isAboutRuns} THEN c.id IN (
          SELECT o.course_id FROM ${offers}
          WHERE ${isInCountry($)} AND ${isInCity($)} AND ${isPriced($)} AND ${hasStart($)}
        ) ELSE true END AS run
      FROM ${source}
      WHERE c.status = 'published'
    ),
    chosen AS MATERIALIZED (
      SELECT id, level, languages, delivery_modes,
        level_fits AND language AND mode AND run AS but_topic,
        topic AND language AND mode AND run AS but_level,
        topic AND level_fits AND mode AND run AS but_language,
        topic AND level_fits AND language AND run AS but_mode,
        topic AND level_fits AND language AND mode AS but_run
      FROM fit
    ),
    place AS MATERIALIZED (
      SELECT o.course_id, v.country, v.city, o.price_currency, o.price_amount,
        ${isInCountry($)} AS fits_country, ${isInCity($)} AS fits_city, ${isPriced($)} AS fits_price
      FROM ${offers} JOIN chosen AS c ON c.id = o.course_id
      WHERE c.but_run AND ${hasStart($)}
    ),
    counted AS (
      SELECT 'topic' AS facet, t.slug AS value, t.name AS label, count(*) AS count, NULL::integer AS min, NULL::integer AS max
      FROM chosen AS c JOIN course_topic AS ct ON ct.course_id = c.id JOIN topic AS t ON t.id = ct.topic_id
      WHERE c.but_topic GROUP BY t.id
      UNION ALL
      SELECT 'level', level::text, NULL, count(*), NULL, NULL
      FROM chosen WHERE but_level AND level IS NOT NULL GROUP BY level
      UNION ALL
      SELECT 'language', language, NULL, count(*), NULL, NULL
      FROM chosen, LATERAL (SELECT DISTINCT unnest(languages) AS language) AS each
      WHERE but_language GROUP BY language
      UNION ALL
      SELECT 'mode', mode::text, NULL, count(*), NULL, NULL
      FROM chosen, LATERAL (SELECT DISTINCT unnest(delivery_modes) AS mode) AS each
      WHERE but_mode GROUP BY mode
      UNION ALL
      SELECT 'country', country, NULL, count(*), NULL, NULL
      FROM (
        SELECT DISTINCT country, course_id FROM place
        WHERE fits_city AND fits_price AND country IS NOT NULL
      ) AS found_in
      GROUP BY country
      UNION ALL
      SELECT 'city', city, NULL, count(*), NULL, NULL
      FROM (
        SELECT DISTINCT city, course_id FROM place
        WHERE fits_country AND fits_price AND city IS NOT NULL
      ) AS found_in
      GROUP BY city
      UNION ALL
      SELECT 'currency', currency, NULL, count(*), min(min), max(max)
      FROM (
        SELECT price_currency AS currency, min(price_amount), max(price_amount)
        FROM place
        WHERE fits_country AND fits_city AND price_currency IS NOT NULL
        GROUP BY price_currency, course_id
      ) AS sold_in
      GROUP BY currency
    )
    SELECT facet, value, label, count::integer, min, max
    FROM (
      SELECT *, row_number() OVER (PARTITION BY facet ORDER BY count DESC, coalesce(label, value), value) AS place
      FROM counted
    ) AS ranked
    WHERE place <= ${sql`${VALUES_MAX}::integer`}
    ORDER BY facet, place`;
}

/** How many courses each further choice of a filter would leave, the commonest choice first. */
export async function facetCourses(
  db: Database,
  _call: Call,
  input: z.infer<typeof CoursesFacetsInput>,
): Promise<Facets> {
  const values = filterValues(input);
  const found = input.query
    ? await searchedFacets.execute(db, { ...values, ...searchTerms(input.query) })
    : await facets.execute(db, values);

  const of = (facet: string) =>
    found
      .filter((row) => row.facet === facet)
      .map(({ value, label, count }) => ({ value, label: label ?? value, count }));
  return {
    topics: of("topic"),
    levels: inOrderOf(COURSE_LEVELS, of("level")),
    languages: of("language"),
    deliveryModes: inOrderOf(DELIVERY_MODES, of("mode")),
    countries: of("country"),
    cities: of("city"),
    currencies: found
      .filter((row) => row.facet === "currency")
      .map(({ value, min, max, count }) => ({
        currency: value,
        min: min ?? 0,
        max: max ?? 0,
        count,
      })),
  };
}

/** Levels and modes have an order of their own, which says more than their counts. */
function inOrderOf<Value extends { value: string }>(
  order: readonly string[],
  values: readonly Value[],
): Value[] {
  return values.toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
}
