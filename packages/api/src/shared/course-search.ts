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
 * Of `course c`: that a word of the title begins with the last word of the query. As
 * the words of the document are stems, "administra" is not the beginning of "administr".
 */
const titleHasWordBeginning = sql`c.search_words LIKE ${of("word_beginning")}`;

/** A column of `search`: looked up once, and so a constant by which an index can be asked. */
function of(column: string): SQL {
  return sql`(SELECT ${sql.identifier(column)} FROM search)`;
}

/** Of a course that was found: all that filters and orders ask of one. */
const foundColumns = sql`c.id, c.slug, c.status, c.level, c.languages, c.delivery_modes, c.search_title`;

/**
 * The common table expression `found (id, slug, …)`: published courses that a query finds. Whether they are looked for as typed or as mistyped depends on the query
 * alone and not on further conditions, so that list, counts and totals speak of the same courses.
 *
 * Stop words are left out by PostgreSQL, letter case and accents are folded on both sides.
 */
export function foundCourses($: SearchSlots): SQL {
  return foundWith($, sql``, sql``);
}

/** The same with a `rank`, the higher the better. What stands in bodies alone ranks last. */
export function rankedCourses($: SearchSlots): SQL {
  const rank = sql`,
        (ts_rank(${WEIGHTS}, c.search_head, ${of("exact")})
          + ts_rank(${WEIGHTS}, c.search_head, ${of("loose")})
          + CASE WHEN starts_with(c.search_title, ${of("folded")} || ' ') THEN 1 ELSE 0 END
          + CASE WHEN ${titleHasWordBeginning} THEN 0.5 ELSE 0 END
          + CASE WHEN starts_with(c.code, ${$.codePrefix}) THEN 1 ELSE 0 END)::float8 AS rank`;
  const likeness = sql`,
        (SELECT sum(each.likeness) FROM (
          SELECT max(likeness) AS likeness FROM alike_word
          WHERE c.search_head @@ alike_word.query GROUP BY typed) AS each)::float8 AS rank`;
  return foundWith($, rank, likeness);
}

function foundWith($: SearchSlots, rank: SQL, likeness: SQL): SQL {
  return sql`
    search AS MATERIALIZED (
      SELECT folded, exact, words, head,
        '%' || last_word || '%' AS part, '% ' || last_word || '%' AS word_beginning,
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
    -- Told by the index alone: no document is read.
    hit_by_word AS MATERIALIZED (
      SELECT ${foundColumns}${rank}
      FROM course AS c
      WHERE c.status = 'published' AND c.search_document @@ ${of("loose")}
    ),
    hit AS MATERIALIZED (
      SELECT * FROM hit_by_word
      UNION ALL
      SELECT ${foundColumns}${rank}
      FROM course AS c
      WHERE c.status = 'published' AND (
          (c.search_title LIKE ${of("part")} AND ${titleHasWordBeginning}
            AND coalesce(c.search_document @@ ${of("head")}, true))
          -- An array, so that an index serves both: no index knows beginnings in a text's own order.
          OR c.id = ANY (ARRAY(
            SELECT id FROM course WHERE ${$.codePrefix} IS NOT NULL AND starts_with(code, ${$.codePrefix})))
        )
        AND c.id NOT IN (SELECT id FROM hit_by_word)
    ),
    -- The words that may be mistyped, and are no stop words.
    typed AS MATERIALIZED (
      SELECT word, exact, moved FROM (
        SELECT word, plainto_tsquery('english', word) AS exact, to_tsquery('english', moved) AS moved
        FROM unnest(${of("words")}, ${$.moves}) AS given (word, moved)
        WHERE NOT EXISTS (SELECT FROM hit)
      ) AS read WHERE numnode(exact) > 0
    ),
    -- The words of titles that each of them may be meant for.
    alike_word AS MATERIALIZED (
      SELECT typed, likeness, query FROM (
        SELECT typed.word AS typed, alike.likeness, plainto_tsquery('english', alike.word) AS query
        FROM typed, lectern_words_resembling(typed.word) AS alike
      ) AS read WHERE numnode(query) > 0
    ),
    -- Each of the words stands in a course, resembles one of its title, or becomes one with a letter moved. Where in a
    -- course a word stands, no index knows.
    meant AS MATERIALIZED (
      SELECT string_agg(format('(%s)', concat_ws('|', exact, moved, alike)), '&')::tsquery AS anywhere,
        string_agg(format('(%s)', concat_ws('|', exact, moved, alike_in_title)), '&')::tsquery AS query
      FROM typed LEFT JOIN (
        SELECT typed, string_agg(format('(%s)', query), '|') AS alike,
          string_agg(CASE WHEN numnode(query) = 1 THEN query::text || ':A' ELSE format('(%s)', query) END, '|') AS alike_in_title
        FROM alike_word GROUP BY typed
      ) AS of_word ON of_word.typed = typed.word
    ),
    alike AS MATERIALIZED (
      SELECT ${foundColumns}${likeness}
      FROM (SELECT id FROM course WHERE search_document @@ (SELECT anywhere FROM meant)) AS candidate
        JOIN course AS c ON c.id = candidate.id
      WHERE c.status = 'published' AND
        -- The whole document is seldom asked.
        (c.search_head @@ (SELECT query FROM meant) OR c.search_document @@ (SELECT query FROM meant))
    ),
    found AS (
      SELECT * FROM hit UNION ALL SELECT * FROM alike
    )`;
}
