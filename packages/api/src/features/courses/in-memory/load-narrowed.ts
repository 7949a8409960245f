import { arrayOf, float8, int4, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { type SQL, sql } from "drizzle-orm";
import type { NarrowedCourse } from "./narrowed-by.ts";

const COLUMNS = {
  id: uuid,
  level: nullable(text),
  languages: arrayOf(text),
  deliveryModes: arrayOf(text),
  topicSlugs: arrayOf(text),
  topicNames: arrayOf(text),
  countries: arrayOf(nullable(text)),
  cities: arrayOf(nullable(text)),
  currencies: arrayOf(nullable(text)),
  amounts: arrayOf(nullable(int4)),
  lastStarts: arrayOf(float8),
};

/** Courses a statement: so many are read in some 20 ms, and others get a turn meanwhile. */
const BATCH = 500;

function narrowed(which: SQL) {
  return rows(
    COLUMNS,
    sql`
      SELECT c.id, c.level::text, c.languages, c.delivery_modes::text[],
        t.slugs AS topic_slugs, t.names AS topic_names,
        o.countries, o.cities, o.currencies, o.amounts, o.last_starts
      FROM (${which}) AS c
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(t.slug), '{}') AS slugs, coalesce(array_agg(t.name), '{}') AS names
        FROM course_topic AS ct JOIN topic AS t ON t.id = ct.topic_id
        WHERE ct.course_id = c.id
      ) AS t
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(v.country), '{}') AS countries, coalesce(array_agg(v.city), '{}') AS cities,
          coalesce(array_agg(o.price_currency), '{}') AS currencies, coalesce(array_agg(o.price_amount), '{}') AS amounts,
          coalesce(array_agg(1000 * extract(epoch FROM o.starts[cardinality(o.starts)])::float8), '{}') AS last_starts
        FROM run_calendar AS o LEFT JOIN venue AS v ON v.id = o.venue_id
        WHERE o.course_id = c.id
      ) AS o`,
  );
}

const FIELDS = sql`id, level, languages, delivery_modes`;

const some = prepared("courses.narrowed.some", { ids: arrayOf(uuid) }, (_, $) =>
  narrowed(sql`SELECT ${FIELDS} FROM course WHERE id = ANY (${$.ids}) AND status = 'published'`),
);
const next = prepared("courses.narrowed.next", { after: uuid, limit: int4 }, (_, $) =>
  narrowed(sql`
    SELECT ${FIELDS} FROM course WHERE id > ${$.after} AND status = 'published'
    ORDER BY id LIMIT ${$.limit}`),
);

type Row = Awaited<ReturnType<typeof some.execute>>[number];

function courseOf(row: Row): NarrowedCourse {
  return {
    id: row.id,
    level: row.level,
    languages: row.languages,
    deliveryModes: row.deliveryModes,
    topics: row.topicSlugs.map((slug, index) => ({ slug, name: row.topicNames[index] ?? slug })),
    offers: row.lastStarts.map((lastStart, index) => ({
      lastStart,
      country: row.countries[index] ?? null,
      city: row.cities[index] ?? null,
      currency: row.currencies[index] ?? null,
      amount: row.amounts[index] ?? null,
    })),
  };
}

/** @returns those of these courses that are published */
export async function loadNarrowed(
  db: Database,
  ids: readonly string[],
): Promise<NarrowedCourse[]> {
  return (await some.execute(db, { ids })).map(courseOf);
}

/** All published courses, some at a time. */
export async function* loadAllNarrowed(db: Database): AsyncGenerator<NarrowedCourse[]> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const found = await next.execute(db, { after, limit: BATCH });
    yield found.map(courseOf);
    const last = found.at(-1);
    if (last === undefined || found.length < BATCH) return;
    after = last.id;
  }
}
