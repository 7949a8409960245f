import { arrayOf, bool, date, int4, nullable, text } from "@lectern/database/codecs";
import type { Slots } from "@lectern/database/prepared";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type SQL, sql } from "drizzle-orm";
import { type DailySum, DIMENSIONS, anew, columns, spanColumns, sums } from "./daily-sum.ts";

/** The name of the fact that says that sums are kept, and of which zone's days. */
export const REPORTS_FACT = "reports";

/** What every question about sums carries: the spans of a period's steps, and what is looked at. */
export const SUMS_ASKED = {
  timeZone: text,
  grains: arrayOf(text),
  firsts: arrayOf(date),
  numbers: arrayOf(int4),
  topics: nullable(arrayOf(text)),
  countries: nullable(arrayOf(text)),
  cities: nullable(arrayOf(text)),
  deliveryModes: nullable(arrayOf(courseRun.deliveryMode)),
  isCompany: nullable(bool),
  /** Of the reach: whether the whole academy is within it, and if not, which countries are. */
  everywhere: bool,
  reachCountries: arrayOf(text),
};

type Asked = Slots<typeof SUMS_ASKED>;

/** What a report takes from daily sums. */
export interface Taken {
  readonly sum: DailySum;
  /** The report's keys by name: which of the sum's, or a constant. */
  readonly keys?: Readonly<Record<string, string | SQL>>;
  /** The report's measures by name: which of the sum's, or 0. */
  readonly measures: Readonly<Record<string, string | SQL>>;
}

/** Whether a slice, or what has the same columns, is looked at. */
function isAskedFor($: Asked, slice: SQL): SQL {
  return sql`(${$.everywhere} OR ${slice}.country = ANY(${$.reachCountries}))
    AND (${$.topics} IS NULL OR ${slice}.topic_ids && ARRAY(SELECT t.id FROM topic AS t WHERE t.slug = ANY(${$.topics})))
    AND (${$.countries} IS NULL OR ${slice}.country = ANY(${$.countries}))
    AND (${$.cities} IS NULL OR ${slice}.city = ANY(${$.cities}))
    AND (${$.deliveryModes} IS NULL OR ${slice}.delivery_mode = ANY(${$.deliveryModes}))
    AND (${$.isCompany} IS NULL OR ${slice}.is_company = ${$.isCompany})`;
}

/**
 * The relations that a question about sums begins with. `by_step` has the measures by the `number` of a step, the currency
 * and the keys; `by_slice` by the half (0: the period, -1: the one before), the dimensions and the keys. Of either there
 * may be two rows that are alike.
 *
 * The sums that are kept serve for all spans but those with a stale day. Of such a week or month the days are taken, and
 * those that are stale are computed anew, so that a report is always exact. All of it is one statement, which sees one
 * state of everything.
 */
export function sumsAsked($: Asked, taken: readonly Taken[]): SQL {
  const keys = Object.keys(taken[0]?.keys ?? {});
  const measures = namesOf(taken);
  const own = columns([...keys, ...measures]);
  const withKeys = (names: readonly string[]) => columns([...names, ...keys]);
  const all = (part: "kept" | "fresh") =>
    sql.join(
      taken.map((one) => {
        const picked = Object.entries({ ...one.keys, ...one.measures }).map(([name, from]) => {
          const what = typeof from === "string" ? sql.identifier(from) : from;
          return sql`${what} AS ${sql.identifier(name)}`;
        });
        const apart = columns(part === "kept" ? ["slice_id"] : DIMENSIONS);
        const relation = sql.identifier(`${one.sum.kind}_${part}`);
        return sql`SELECT number, ${apart}, ${sql.join(picked, sql`, `)} FROM ${relation}`;
      }),
      sql` UNION ALL `,
    );
  const half = sql`CASE WHEN number < 0 THEN -1 ELSE 0 END`;
  return sql`asked AS MATERIALIZED (
      SELECT span.number, span.grain, span.first, CASE span.grain
          WHEN 'month' THEN (span.first + interval '1 month')::date - 1
          WHEN 'week' THEN span.first + 6
          ELSE span.first END AS last
      FROM unnest(${$.numbers}, ${$.grains}, ${$.firsts}) AS span (number, grain, first)
    ), settled AS MATERIALIZED (
      SELECT EXISTS (
        SELECT FROM academy_fact WHERE name = ${sql.param(REPORTS_FACT)}::text AND value->>'timeZone' = ${$.timeZone}
      ) AS is_so
    ), ${sql.join(
      taken.flatMap(({ sum }) => relationsOf($, sum)),
      sql`, `,
    )}, summed AS MATERIALIZED (
      SELECT number, half, slice_id, ${withKeys(["currency"])}, ${summed(taken)}, grouping(slice_id) AS is_step
      FROM (
        SELECT kept.number, ${half} AS half, kept.slice_id, slice.currency, ${own}
        FROM (${all("kept")}) AS kept JOIN report_slice AS slice ON slice.id = kept.slice_id
        WHERE ${isAskedFor($, sql`slice`)}
      ) AS kept
      GROUP BY GROUPING SETS ((${withKeys(["number", "currency"])}), (${withKeys(["half", "slice_id"])}))
    ), fresh AS MATERIALIZED (${all("fresh")}), by_step AS (
      SELECT ${withKeys(["number", "currency"])}, ${columns(measures)} FROM summed WHERE is_step = 1
      UNION ALL
      SELECT ${withKeys(["number", "currency"])}, ${columns(measures)} FROM fresh
    ), by_slice AS (
      SELECT summed.half, ${columns(DIMENSIONS, "slice")}, ${own}
      FROM summed JOIN report_slice AS slice ON slice.id = summed.slice_id WHERE is_step = 0
      UNION ALL
      SELECT ${half}, ${columns(DIMENSIONS)}, ${own} FROM fresh
    )`;
}

/** @returns the measures of a report, each summed */
export function summed(taken: readonly Taken[]): SQL {
  return sums(namesOf(taken));
}

/** @returns the measures of a report, of the relation that is given */
export function measuresOf(taken: readonly Taken[], relation?: string): SQL {
  return columns(namesOf(taken), relation);
}

function namesOf(taken: readonly Taken[]): string[] {
  return Object.keys(taken[0]?.measures ?? {});
}

/** Of one kind: what is kept of it, by slice, and what had to be computed anew. */
function relationsOf($: Asked, sum: DailySum): SQL[] {
  const { kind, keys, measures, table } = sum;
  const named = (part: string) => sql`${sql.identifier(`${kind}_${part}`)}`;
  const [stale, spans, days, anewSpans] = [
    named("stale"),
    named("spans"),
    named("days"),
    named("anew"),
  ];
  const own = [...keys, ...measures];
  // OFFSET 0: span by span, by the index; joined otherwise, the sums of all years would be read.
  const keptOf = (grain: SQL, first: SQL) => sql`CROSS JOIN LATERAL (
    SELECT ${columns(["slice_id", ...own])} FROM ${table} WHERE grain = ${grain} AND day = ${first} OFFSET 0
  ) AS found`;
  return [
    sql`${stale} AS MATERIALIZED (
      SELECT DISTINCT (at AT TIME ZONE ${$.timeZone})::date AS day FROM report_stale WHERE kind = ${sql.param(kind)}::text
    )`,
    sql`${spans} AS MATERIALIZED (
      SELECT asked.*, (SELECT is_so FROM settled) AND NOT EXISTS (
        SELECT FROM ${stale} AS stale WHERE stale.day BETWEEN asked.first AND asked.last
      ) AS is_fresh FROM asked
    )`,
    sql`${days} AS MATERIALIZED (
      SELECT span.number, day::date AS day, NOT EXISTS (
        SELECT FROM ${stale} AS stale WHERE stale.day = day::date
      ) AS is_fresh
      FROM ${spans} AS span, generate_series(span.first::timestamp, span.last::timestamp, interval '1 day') AS day
      WHERE NOT span.is_fresh AND (SELECT is_so FROM settled)
    )`,
    sql`${anewSpans} AS MATERIALIZED (
      SELECT span.number, ${spanColumns(sql`span.first`, sql`span.last`, sql`${$.timeZone}`)} FROM (
        SELECT number, day AS first, day AS last FROM ${days} WHERE NOT is_fresh
        UNION ALL
        SELECT number, first, last FROM asked WHERE NOT (SELECT is_so FROM settled)
      ) AS span
    )`,
    sql`${named("kept")} AS (
      SELECT span.number, found.* FROM ${spans} AS span ${keptOf(sql`span.grain`, sql`span.first`)}
      WHERE span.is_fresh
      UNION ALL
      SELECT day.number, found.* FROM ${days} AS day ${keptOf(sql`'day'`, sql`day.day`)}
      WHERE day.is_fresh
    )`,
    sql`${named("fresh")} AS (
      SELECT ${columns(["number", ...DIMENSIONS, ...own], "fresh")}
      FROM (${anew(sum, anewSpans, sql`${$.timeZone}`, "number")}) AS fresh
      WHERE ${isAskedFor($, sql`fresh`)}
    )`,
  ];
}
