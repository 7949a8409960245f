import { type SQL, sql } from "drizzle-orm";

/**
 * A daily sum: what it counts, from which rows, and the table in which it is kept. The same statement computes it for a
 * few days while somebody reads a report, and for the table.
 */
export interface DailySum {
  /** As in `report_stale`. */
  readonly kind: "bookings" | "cancellations" | "runs";
  readonly table: SQL;
  /** What its rows are told apart by, beside the day and the slice. */
  readonly keys: readonly string[];
  readonly measures: readonly string[];
  /** All moments whose days have sums. */
  readonly moments: SQL;
  /**
   * Of the spans in a relation of `number`, `first` and `last`, and of `begins` and `ends` around them, generously, for the
   * index: one part for each kind of row, of which each has the `number` of its span, its `day`, `run_id`, `is_company`,
   * `currency`, the keys and the measures.
   *
   * @param spans name of the relation
   */
  readonly happened: (spans: SQL, zone: SQL) => SQL;
}

/** What a slice is told apart by. */
export const DIMENSIONS = [
  "topic_ids",
  "country",
  "city",
  "delivery_mode",
  "is_company",
  "currency",
] as const;

/** @returns names as a list, each of the relation that is given */
export function columns(names: readonly string[], relation?: string): SQL {
  const of = relation === undefined ? sql`` : sql`${sql.identifier(relation)}.`;
  return sql.join(
    names.map((name) => sql`${of}${sql.identifier(name)}`),
    sql`, `,
  );
}

/** @returns the same, each summed under its name */
export function sums(names: readonly string[]): SQL {
  return sql.join(
    names.map((name) => sql`sum(${sql.identifier(name)})::bigint AS ${sql.identifier(name)}`),
    sql`, `,
  );
}

/** @returns the day of a moment in the academy's calendar */
export function dayOf(moment: SQL, zone: SQL): SQL {
  return sql`(${moment} AT TIME ZONE ${zone})::date`;
}

/** @returns whether the day of a moment is within a span; what the index needs stands first */
export function isWithin(moment: SQL, span: SQL, zone: SQL): SQL {
  return sql`${moment} >= ${span}.begins AND ${moment} < ${span}.ends
    AND ${dayOf(moment, zone)} BETWEEN ${span}.first AND ${span}.last`;
}

/** Clocks are moved by this much at most, and midnight with them. */
const MARGIN = sql`interval '3 hours'`;

/** @returns the columns of a span that `happened` needs, beside its number */
export function spanColumns(first: SQL, last: SQL, zone: SQL): SQL {
  return sql`${first} AS first, ${last} AS last,
    (${first}::timestamp AT TIME ZONE ${zone}) - ${MARGIN} AS begins,
    ((${last} + 1)::timestamp AT TIME ZONE ${zone}) + ${MARGIN} AS ends`;
}

/**
 * @param spans name of the relation of those that are to be computed
 * @param by what the sums are of: each day, or all spans with a number
 * @returns the sums, computed anew: the day or the number, the dimensions, the keys and the measures
 */
export function anew(sum: DailySum, spans: SQL, zone: SQL, by: "day" | "number"): SQL {
  const { keys, measures } = sum;
  const apart = columns([by, ...DIMENSIONS, ...keys]);
  // OFFSET 0: what happened first, then where, by keys. In any other order, some of it is computed once for each run.
  return sql`SELECT ${apart}, ${sums(measures)} FROM (
      SELECT ${columns([by], "happened")}, coalesce(known.topic_ids, '{}') AS topic_ids,
        coalesce(at.country, '') AS country, coalesce(at.city, '') AS city, run.delivery_mode,
        happened.is_company, happened.currency, ${columns([...keys, ...measures], "happened")}
      FROM (${sum.happened(spans, zone)}) AS happened
        CROSS JOIN LATERAL (
          SELECT r.course_id, r.venue_id, r.delivery_mode FROM course_run AS r
          WHERE r.id = happened.run_id OFFSET 0
        ) AS run
        LEFT JOIN LATERAL (
          SELECT v.country, v.city FROM venue AS v WHERE v.id = run.venue_id OFFSET 0
        ) AS at ON true
        LEFT JOIN LATERAL (
          SELECT c.topic_ids FROM report_course AS c WHERE c.course_id = run.course_id OFFSET 0
        ) AS known ON true
    ) AS placed
    GROUP BY ${apart}`;
}
