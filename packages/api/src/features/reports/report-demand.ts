import type { Reach } from "@lectern/auth/actor";
import {
  DEMAND_ROWS_MAX,
  type DemandFigures,
  type DemandReport,
  type DemandReportInput,
} from "@lectern/contract/reports";
import { arrayOf, bool, int4, int8, nullable, text, uuid } from "@lectern/database/codecs";
import { type RowOf, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { sql } from "drizzle-orm";
import { readCalendar } from "./academy-calendar.ts";
import { periodOf } from "./period.ts";
import { STEPS_ASKED, isInStep, steps, stepsOf } from "./steps-asked.ts";
import { byCurrency, figuresOfSteps, sumOf } from "./steps-of.ts";
import { sums } from "./sums/daily-sum.ts";
import { chosen } from "./sums/looked-at.ts";
import { toKey } from "./sums/report-keys.ts";

const ASKED = {
  ...STEPS_ASKED,
  topics: nullable(arrayOf(text)),
  countries: nullable(arrayOf(text)),
  cities: nullable(arrayOf(text)),
  deliveryModes: nullable(arrayOf(courseRun.deliveryMode)),
  everywhere: bool,
  reachCountries: arrayOf(text),
};

const COLUMNS = {
  /** Of a step; of rows with a course, 0. */
  number: int4,
  courseId: nullable(uuid),
  courseSlug: nullable(text),
  courseTitle: nullable(text),
  city: nullable(text),
  country: nullable(text),
  currency: text,
  entries: int8,
  places: int8,
  offered: int8,
  accepted: int8,
  declined: int8,
  lapsed: int8,
  waiting: int8,
  unmetPlaces: int8,
  unmet: int8,
};

const SUMMED = sums([
  "entries",
  "places",
  "offered",
  "accepted",
  "declined",
  "lapsed",
  "waiting",
  "unmet_places",
  "unmet",
]);

const figures = prepared("reports.demand", ASKED, (_, $) =>
  rows(
    COLUMNS,
    // Queues have many entries: what is asked of their runs is asked once for each.
    sql`WITH ${steps($)}, queues AS MATERIALIZED (
      SELECT steps.number, entry.run_id, count(*) AS entries, sum(entry.quantity) AS places,
        count(*) FILTER (WHERE entry.offered_at IS NOT NULL) AS offered,
        count(*) FILTER (WHERE entry.status = 'accepted') AS accepted,
        count(*) FILTER (WHERE entry.status = 'declined') AS declined,
        count(*) FILTER (WHERE entry.status = 'lapsed') AS lapsed,
        count(*) FILTER (WHERE entry.status = 'waiting') AS waiting,
        sum(entry.quantity - coalesce(entry.offered_quantity, 0)) AS unmet_places
      FROM steps CROSS JOIN LATERAL (
        SELECT w.run_id, w.status, w.quantity, w.offered_at, w.offered_quantity
        FROM waitlist_entry AS w WHERE ${isInStep($, sql`w.created_at`)}
        OFFSET 0
      ) AS entry
      GROUP BY steps.number, entry.run_id
    ), joined AS MATERIALIZED (
      SELECT queues.*, run.course_id, coalesce(at.city, '') AS city, coalesce(at.country, '') AS country,
        coalesce(run.price_currency, '') AS currency, coalesce(queues.unmet_places * run.price_amount, 0) AS unmet
      FROM queues
        JOIN course_run AS run ON run.id = queues.run_id
        LEFT JOIN LATERAL (SELECT v.city, v.country FROM venue AS v WHERE v.id = run.venue_id OFFSET 0) AS at ON true
      WHERE (${$.everywhere} OR at.country = ANY(${$.reachCountries}))
        AND (${$.countries} IS NULL OR at.country = ANY(${$.countries}))
        AND (${$.cities} IS NULL OR at.city = ANY(${$.cities}))
        AND (${$.deliveryModes} IS NULL OR run.delivery_mode = ANY(${$.deliveryModes}))
        AND (${$.topics} IS NULL OR run.course_id = ANY(ARRAY(
          SELECT taught.course_id FROM course_topic AS taught JOIN topic AS t ON t.id = taught.topic_id
          WHERE t.slug = ANY(${$.topics})
        )))
    ), apart AS (
      SELECT coalesce(number, 0) AS number, course_id, city, country, currency, ${SUMMED}
      FROM joined GROUP BY GROUPING SETS ((number, currency), (number >= 0, course_id, city, country, currency))
      HAVING grouping(course_id) = 1 OR number >= 0
    )
    SELECT apart.*, c.slug AS course_slug, c.title AS course_title
    FROM apart LEFT JOIN course AS c ON c.id = apart.course_id`,
  ),
);

type FigureRow = RowOf<typeof COLUMNS>;

/**
 * What people waited for in a period, by when they joined: how much of it could be offered and what became of that, and what
 * could have been sold. Told apart by course and city, those with most unmet places first.
 *
 * @throws Invalid for a period that is none, or has too many steps
 */
export async function reportDemand(
  db: Database,
  { everywhere, countries: reachCountries }: Reach,
  input: DemandReportInput,
): Promise<DemandReport> {
  const period = periodOf(input, await readCalendar(db), "nothing");
  const found = await figures.execute(db, {
    ...stepsOf(period),
    topics: chosen(input.topics),
    countries: chosen(input.countries),
    cities: chosen(input.cities),
    deliveryModes: chosen(input.deliveryModes),
    everywhere,
    reachCountries,
  });
  const ofSteps = found.filter(({ courseId }) => courseId === null);
  const groups = Map.groupBy(
    found.filter(({ courseId }) => courseId !== null),
    ({ courseId, city, country }) => JSON.stringify([courseId, city, country]),
  );
  const places = [...groups.values()].flatMap(toRow).toSorted(mostUnmetFirst);
  return {
    period,
    ...figuresOfSteps(period, ofSteps, toFigures),
    rows: places.slice(0, DEMAND_ROWS_MAX),
    isComplete: places.length <= DEMAND_ROWS_MAX,
  };
}

type Row = DemandReport["rows"][number];

function toRow(group: readonly FigureRow[]): Row[] {
  const [first] = group;
  if (first === undefined) return [];
  const { courseSlug, courseTitle, city, country } = first;
  return [
    {
      course: toKey({ value: courseSlug, label: courseTitle, country: null }),
      city: toKey({ value: city, label: city, country }),
      figures: toFigures(group),
    },
  ];
}

function mostUnmetFirst(one: Row, other: Row): number {
  return (
    other.figures.unmetPlaces - one.figures.unmetPlaces ||
    other.figures.places - one.figures.places ||
    one.course.label.localeCompare(other.course.label, "en") ||
    one.city.label.localeCompare(other.city.label, "en")
  );
}

function toFigures(found: readonly FigureRow[]): DemandFigures {
  return {
    entries: sumOf(found, (row) => row.entries),
    places: sumOf(found, (row) => row.places),
    offered: sumOf(found, (row) => row.offered),
    accepted: sumOf(found, (row) => row.accepted),
    declined: sumOf(found, (row) => row.declined),
    lapsed: sumOf(found, (row) => row.lapsed),
    waiting: sumOf(found, (row) => row.waiting),
    unmetPlaces: sumOf(found, (row) => row.unmetPlaces),
    unmet: byCurrency(found).map(([currency, among]) => ({
      currency,
      amount: sumOf(among, (row) => row.unmet),
    })),
  };
}
