import { arrayOf, nullable, text } from "@lectern/database/codecs";
import type { Slots } from "@lectern/database/prepared";
import { type SQL, sql } from "drizzle-orm";

/** Full-text search over published courses, with a second try for mistyped words. */

/** What a search takes: the fields of SearchTerms. */
export const SEARCH_PARAMETERS = {
  query: text,
  head: nullable(text),
  lastWord: nullable(text),
  codePrefix: nullable(text),
  words: arrayOf(text),
  moves: arrayOf(nullable(text)),
};
export type SearchSlots = Slots<typeof SEARCH_PARAMETERS>;

/** Body, summary and keywords, title and code: a title outweighs any number of mentions in a body. */
const WEIGHTS = sql`'{0.02, 0.1, 0.4, 1}'::real[]`;

/**
 * Of `course c` and `search s`: that a word of the title begins with the last word of the query. As
 * the words of the document are stems, "administra" is not the beginning of "administr".
 */
const titleHasWordBeginning = sql`' ' || translate(c.search_title, '-/(.,:&', '       ') LIKE '% ' || s.last_word || '%'`;

/**
 * The common table expression `found (id, rank)`: published courses that a query finds, the higher
 * the rank the better. Whether they are looked for as typed or as mistyped depends on the query
 * alone and not on further conditions, so that list, counts and totals speak of the same courses.
 *
 * Stop words are left out by PostgreSQL, letter case and accents are folded on both sides.
 */
export function foundCourses($: SearchSlots): SQL {
  return sql`
    search AS MATERIALIZED (
      SELECT folded, exact, words, head, last_word,
        CASE WHEN coalesce(numnode(prefix), 0) = 0 THEN exact
          ELSE exact || coalesce(head && (prefix::text || ':*')::tsquery, (prefix::text || ':*')::tsquery)
        END AS loose
      FROM (SELECT
        lectern_fold(${$.query}) AS folded,
        websearch_to_tsquery('english', lectern_fold(${$.query})) AS exact,
        websearch_to_tsquery('english', lectern_fold(${$.head})) AS head,
        lectern_fold(${$.lastWord}) AS last_word,
        plainto_tsquery('english', lectern_fold(${$.lastWord})) AS prefix,
        ARRAY(SELECT lectern_fold(word) FROM unnest(${$.words}) AS word) AS words
      ) AS read
    ),
    hit_id AS (
      SELECT id FROM course WHERE search_document @@ (SELECT loose FROM search)
      UNION
      SELECT c.id FROM search AS s, course AS c
      WHERE c.search_title LIKE '%' || s.last_word || '%' AND ${titleHasWordBeginning}
        AND coalesce(c.search_document @@ s.head, true)
      UNION
      SELECT id FROM course WHERE ${$.codePrefix} IS NOT NULL AND starts_with(code, ${$.codePrefix})
    ),
    hit AS MATERIALIZED (
      SELECT c.id,
        ts_rank_cd(${WEIGHTS}, c.search_document, s.exact)
          + ts_rank_cd(${WEIGHTS}, c.search_document, s.loose)
          + CASE WHEN starts_with(c.search_title, s.folded || ' ') THEN 1 ELSE 0 END
          + CASE WHEN ${titleHasWordBeginning} THEN 0.5 ELSE 0 END
          + CASE WHEN starts_with(c.code, ${$.codePrefix}) THEN 1 ELSE 0 END AS rank
      FROM search AS s, hit_id JOIN course AS c ON c.id = hit_id.id
      WHERE c.status = 'published'
    ),
    alike_id AS (
      SELECT lectern_courses_resembling((SELECT words FROM search)) AS id
      WHERE NOT EXISTS (SELECT FROM hit)
      UNION
      SELECT id FROM course
      WHERE NOT EXISTS (SELECT FROM hit)
        AND search_document @@ to_tsquery('english', nullif(array_to_string(${$.moves}, '|'), ''))
    ),
    alike AS MATERIALIZED (
      SELECT c.id,
        (SELECT avg(word_similarity(word, c.search_title)) FROM unnest(s.words) AS word) AS rank
      FROM search AS s, alike_id JOIN course AS c ON c.id = alike_id.id
      WHERE c.status = 'published' AND NOT EXISTS (
        -- A word that neither stands in the course nor resembles one of its title; stop words don't count.
        SELECT FROM unnest(s.words, ${$.moves}) AS typed (word, moved)
        WHERE numnode(plainto_tsquery('english', word)) > 0
          AND NOT (word_similarity(word, c.search_title) >= 0.5
            OR c.search_document @@ plainto_tsquery('english', word)
            OR coalesce(c.search_document @@ to_tsquery('english', moved), false)))
    ),
    found AS (
      SELECT id, rank::float8 FROM hit UNION ALL SELECT id, rank::float8 FROM alike
    )`;
}
