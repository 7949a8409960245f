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
import { type SearchTerms, searchTerms } from "../../shared/search-terms.ts";
import { inFacetOrder, inOrderOf } from "./facet-order.ts";
import { catalogueInMemory } from "./in-memory/catalogue-in-memory.ts";

const COUNT_COLUMNS = {
  facet: text,
  value: text,
  label: nullable(text),
  count: int4,
  min: nullable(int4),
  max: nullable(int4),
};

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
    SELECT facet, value, label, count::integer, min, max FROM counted`;
}

/** How many courses each further choice of a filter would leave, the commonest choice first. */
export async function facetCourses(
  db: Database,
  _call: Call,
  input: z.infer<typeof CoursesFacetsInput>,
): Promise<Facets> {
  const terms = input.query ? searchTerms(input.query) : undefined;
  // What is in memory knows no dates but the last of each offer.
  const isDated = (input.from ?? input.to ?? null) !== null;
  const answer = isDated ? undefined : await catalogueInMemory(db).facets(db, input, terms);
  return answer ?? (await facetsFromDatabase(db, input, terms));
}

/** The same, counted by the database: with dates, and where the catalogue is not in memory. */
export async function facetsFromDatabase(
  db: Database,
  input: z.infer<typeof CoursesFacetsInput>,
  terms: SearchTerms | undefined,
): Promise<Facets> {
  const values = filterValues(input);
  const found =
    terms === undefined
      ? await facets.execute(db, values)
      : await searchedFacets.execute(db, { ...values, ...terms });

  const of = (facet: string) =>
    inFacetOrder(
      found
        .filter((row) => row.facet === facet)
        .map(({ value, label, count, min, max }) => ({
          value,
          label: label ?? value,
          count,
          min,
          max,
        })),
    );
  const named = (facet: string) =>
    of(facet).map(({ value, label, count }) => ({ value, label, count }));
  return {
    topics: named("topic"),
    levels: inOrderOf(COURSE_LEVELS, named("level")),
    languages: named("language"),
    deliveryModes: inOrderOf(DELIVERY_MODES, named("mode")),
    countries: named("country"),
    cities: named("city"),
    currencies: of("currency").map(({ value, min, max, count }) => ({
      currency: value,
      min: min ?? 0,
      max: max ?? 0,
      count,
    })),
  };
}
