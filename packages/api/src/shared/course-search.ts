import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { SearchTerms } from "./search-terms.ts";

/** Full-text search over published courses, with a second try for mistyped words. */

/** The parameters of a search, with the SQL type of each. */
export const SEARCH_TYPES = {
  query: "text",
  head: "text",
  lastWord: "text",
  codePrefix: "text",
  words: "text[]",
  swaps: "text[]",
} as const satisfies Record<keyof SearchTerms, string>;

export type SearchParameters = Readonly<Record<keyof SearchTerms, SQLWrapper>>;

/** Body, summary and keywords, title and code: a title outweighs any number of mentions in a body. */
const WEIGHTS = sql`'{0.02, 0.1, 0.4, 1}'::real[]`;

/**
 * The common table expression `found (id, rank)`: published courses that a query finds, the higher
 * the rank the better. Whether they are looked for as typed or as mistyped depends on the query
 * alone and not on further conditions, so that list, counts and totals speak of the same courses.
 *
 * Stop words are left out by PostgreSQL, letter case and accents are folded on both sides.
 */
export function foundCourses(p: SearchParameters): SQL {
  return sql`
    search AS MATERIALIZED (
      SELECT folded, exact, words,
        CASE WHEN numnode(prefix) = 0 THEN exact
          ELSE exact || (websearch_to_tsquery('english', lectern_fold(${p.head})) && (prefix::text || ':*')::tsquery)
        END AS loose
      FROM (SELECT
        lectern_fold(${p.query}) AS folded,
        websearch_to_tsquery('english', lectern_fold(${p.query})) AS exact,
        plainto_tsquery('english', lectern_fold(${p.lastWord})) AS prefix,
        ARRAY(SELECT lectern_fold(word) FROM unnest(${p.words}) AS word) AS words
      ) AS read
    ),
    hit_id AS (
      SELECT id FROM course WHERE search_document @@ (SELECT loose FROM search)
      UNION
      SELECT id FROM course WHERE ${p.codePrefix} IS NOT NULL AND starts_with(code, ${p.codePrefix})
    ),
    hit AS MATERIALIZED (
      SELECT c.id,
        ts_rank_cd(${WEIGHTS}, c.search_document, s.exact)
          + ts_rank_cd(${WEIGHTS}, c.search_document, s.loose)
          + CASE WHEN starts_with(c.search_title, s.folded) THEN 1 ELSE 0 END
          + CASE WHEN starts_with(c.code, ${p.codePrefix}) THEN 1 ELSE 0 END AS rank
      FROM search AS s, hit_id JOIN course AS c ON c.id = hit_id.id
      WHERE c.status = 'published'
    ),
    alike_id AS (
      SELECT lectern_courses_resembling((SELECT words FROM search)) AS id
      WHERE NOT EXISTS (SELECT FROM hit)
      UNION
      SELECT id FROM course
      WHERE NOT EXISTS (SELECT FROM hit)
        AND search_document @@ to_tsquery('english', array_to_string(array_remove(${p.swaps}, ''), '|'))
    ),
    alike AS MATERIALIZED (
      SELECT c.id,
        (SELECT avg(word_similarity(word, c.search_title)) FROM unnest(s.words) AS word) AS rank
      FROM search AS s, alike_id JOIN course AS c ON c.id = alike_id.id
      WHERE c.status = 'published' AND NOT EXISTS (
        -- A word that neither stands in the course nor resembles one of its title; stop words don't count.
        SELECT FROM unnest(s.words, ${p.swaps}) AS typed (word, swap)
        WHERE numnode(plainto_tsquery('english', word)) > 0
          AND NOT (c.search_document @@ plainto_tsquery('english', word)
            OR c.search_document @@ to_tsquery('english', swap)
            OR word_similarity(word, c.search_title) >= 0.5))
    ),
    found AS (
      SELECT id, rank::float8 FROM hit UNION ALL SELECT id, rank::float8 FROM alike
    )`;
}
