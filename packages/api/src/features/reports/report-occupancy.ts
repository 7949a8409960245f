import type { Reach } from "@lectern/auth/actor";
import type {
  OccupancyFigures,
  OccupancyReport,
  OccupancyReportInput,
} from "@lectern/contract/reports";
import { bool, int4, int8, nullable, text } from "@lectern/database/codecs";
import { type RowOf, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { readCalendar } from "./academy-calendar.ts";
import { periodOf } from "./period.ts";
import { figuresOfHalves, figuresOfSteps, sumOf } from "./steps-of.ts";
import { lookedAt } from "./sums/looked-at.ts";
import { SUMS_ASKED, type Taken, measuresOf, summed, sumsAsked } from "./sums/read-sums.ts";
import { idOf, keysOf, toKey } from "./sums/report-keys.ts";
import { RUN_SUM } from "./sums/run-sum.ts";

const COLUMNS = {
  /** `step`, or what the row is about. */
  part: text,
  number: int4,
  city: nullable(text),
  country: nullable(text),
  topic: nullable(text),
  topicName: nullable(text),
  runs: int8,
  capacity: int8,
  taken: int8,
};

const TAKEN: readonly Taken[] = [
  {
    sum: RUN_SUM,
    keys: { is_tentative: "is_tentative" },
    measures: { runs: "runs", capacity: "capacity", taken: "taken" },
  },
];

const figures = prepared("reports.occupancy", { ...SUMS_ASKED, withTentative: bool }, (_, $) =>
  rows(
    COLUMNS,
    sql`WITH ${sumsAsked($, TAKEN)}, held AS MATERIALIZED (
      SELECT half, topic_ids, country, city, ${summed(TAKEN)} FROM by_slice
      WHERE ${$.withTentative} OR NOT is_tentative GROUP BY half, topic_ids, country, city
    ), placed AS (
      SELECT held.*, ${keysOf(sql`held`, "topic")} AS topic FROM held
    ), apart AS (
      SELECT CASE grouping(city, topic) WHEN 0 THEN 'cell' WHEN 1 THEN 'city' ELSE 'topic' END AS part,
        half, city, country, topic, ${summed(TAKEN)}
      FROM placed GROUP BY GROUPING SETS ((half, city, country, topic), (half, topic))
      UNION ALL
      SELECT 'city', half, city, country, NULL, ${summed(TAKEN)} FROM held GROUP BY half, city, country
    )
    SELECT 'step' AS part, number, NULL AS city, NULL AS country, NULL AS topic, NULL AS topic_name, ${summed(TAKEN)}
    FROM by_step WHERE ${$.withTentative} OR NOT is_tentative GROUP BY number
    UNION ALL
    SELECT part, half, city, country, coalesce(t.slug, topic), t.name, ${measuresOf(TAKEN)}
    FROM apart LEFT JOIN topic AS t ON t.id::text = apart.topic
    WHERE part <> 'cell' OR half = 0`,
  ),
);

type FigureRow = RowOf<typeof COLUMNS>;

/**
 * How full the runs are that take place in a period, step by step and by city and topic, compared with the period before:
 * all of that, as runs that are yet to come are known.
 *
 * @throws Invalid for a period that is none, or has too many steps
 */
export async function reportOccupancy(
  db: Database,
  reach: Reach,
  input: OccupancyReportInput,
): Promise<OccupancyReport> {
  const period = periodOf(input, await readCalendar(db), "plans");
  const found = await figures.execute(db, {
    ...lookedAt(period, input, reach),
    withTentative: input.withTentative,
  });
  const of = (part: string) => found.filter((row) => row.part === part);
  return {
    period,
    ...figuresOfSteps(period, of("step"), toFigures),
    cities: keyed(of("city"), cityOf),
    topics: keyed(of("topic"), topicOf),
    cells: of("cell")
      .map((row) => ({ city: cityOf(row), topic: topicOf(row), figures: toFigures([row]) }))
      .toSorted(
        (one, other) =>
          one.city.label.localeCompare(other.city.label, "en") ||
          one.topic.label.localeCompare(other.topic.label, "en"),
      ),
  };
}

function cityOf({ city, country }: FigureRow) {
  return toKey({ value: city, label: city, country });
}

function topicOf({ topic, topicName }: FigureRow) {
  return toKey({ value: topic, label: topicName, country: null });
}

function keyed(found: readonly FigureRow[], keyOf: typeof cityOf): OccupancyReport["cities"] {
  const groups = Map.groupBy(found, (row) => idOf(keyOf(row)));
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      return [{ key: keyOf(first), ...figuresOfHalves(group, toFigures, "figures", "before") }];
    })
    .toSorted(
      (one, other) =>
        other.figures.capacity - one.figures.capacity ||
        one.key.label.localeCompare(other.key.label, "en"),
    );
}

function toFigures(found: readonly FigureRow[]): OccupancyFigures {
  return {
    runs: sumOf(found, (row) => row.runs),
    capacity: sumOf(found, (row) => row.capacity),
    taken: sumOf(found, (row) => row.taken),
  };
}
