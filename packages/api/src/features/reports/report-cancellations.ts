import type { Reach } from "@lectern/auth/actor";
import {
  type CancellationFigures,
  type CancellationsReport,
  type CancellationsReportInput,
  REPORT_CANCELLATION_CAUSES,
  REPORT_NOTICE_BANDS,
} from "@lectern/contract/reports";
import { int4, int8, nullable, text } from "@lectern/database/codecs";
import { type RowOf, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { readCalendar } from "./academy-calendar.ts";
import { periodOf } from "./period.ts";
import { byCurrency, figuresOfHalves, figuresOfSteps, sumOf } from "./steps-of.ts";
import { BOOKING_SUM } from "./sums/booking-sum.ts";
import { CANCELLATION_SUM } from "./sums/cancellation-sum.ts";
import { lookedAt } from "./sums/looked-at.ts";
import { SUMS_ASKED, type Taken, measuresOf, summed, sumsAsked } from "./sums/read-sums.ts";
import { KEY_COLUMNS, idOf, keyOfAll, keysOf, toKey } from "./sums/report-keys.ts";

const COLUMNS = {
  number: int4,
  currency: text,
  /** Of rows of a cause and band; others are of a step. */
  cause: nullable(text),
  noticeFrom: nullable(int4),
  ...KEY_COLUMNS,
  bookedPlaces: int8,
  places: int8,
  unsettled: int8,
  noticeDays: int8,
  fee: int8,
  refund: int8,
};

const NOTHING = sql`0`;

const TAKEN: readonly Taken[] = [
  {
    sum: CANCELLATION_SUM,
    keys: { cause: "cause", notice_from: "notice_from" },
    measures: {
      booked_places: NOTHING,
      places: "places",
      unsettled: "unsettled",
      notice_days: "notice_days",
      fee: "fee",
      refund: "refund",
    },
  },
  {
    sum: BOOKING_SUM,
    keys: { cause: sql`''`, notice_from: NOTHING },
    measures: {
      booked_places: "places",
      places: NOTHING,
      unsettled: NOTHING,
      notice_days: NOTHING,
      fee: NOTHING,
      refund: NOTHING,
    },
  },
];

const figures = prepared("reports.cancellations", { ...SUMS_ASKED, by: text }, (_, $) =>
  rows(
    COLUMNS,
    sql`WITH ${sumsAsked($, TAKEN)}
    SELECT number, currency, NULL AS cause, NULL::int AS notice_from,
      NULL AS value, NULL AS label, NULL AS country, ${summed(TAKEN)}
    FROM by_step GROUP BY number, currency
    UNION ALL
    SELECT half, currency, cause, notice_from, NULL, NULL, NULL, ${summed(TAKEN)}
    FROM by_slice WHERE cause <> '' GROUP BY half, currency, cause, notice_from
    UNION ALL
    SELECT 0, apart.currency, NULL, NULL, coalesce(t.slug, apart.value), t.name, apart.country, ${measuresOf(TAKEN, "apart")}
    FROM (
      SELECT value, CASE ${$.by} WHEN 'city' THEN country END AS country, currency, ${summed(TAKEN)}
      FROM (
        SELECT by_slice.*, ${keysOf(sql`by_slice`, sql`${$.by}`)} AS value FROM by_slice WHERE half = 0
      ) AS keyed GROUP BY 1, 2, 3
    ) AS apart LEFT JOIN topic AS t ON ${$.by} = 'topic' AND t.id::text = apart.value`,
  ),
);

type FigureRow = RowOf<typeof COLUMNS>;

/**
 * Places that were cancelled in a period: by whom, with how much notice and at what cost, step by step, compared with the
 * period before.
 *
 * @throws Invalid for a period that is none, or has too many steps
 */
export async function reportCancellations(
  db: Database,
  reach: Reach,
  input: CancellationsReportInput,
): Promise<CancellationsReport> {
  const period = periodOf(input, await readCalendar(db), "nothing");
  const found = await figures.execute(db, { ...lookedAt(period, input, reach), by: input.by });
  const ofSteps = found.filter(({ cause, value }) => cause === null && value === null);
  const apart = found.filter(({ cause }) => cause !== null);
  const halves = (rows: readonly FigureRow[]) =>
    figuresOfHalves(rows, toFigures, "figures", "before");
  const keyed = Map.groupBy(
    found.filter(({ value }) => value !== null),
    (row) => idOf(toKey(row)),
  );
  return {
    period,
    by: input.by,
    ...figuresOfSteps(period, ofSteps, toFigures),
    ...figuresOfHalves(
      ofSteps,
      (rows) => sumOf(rows, (row) => row.bookedPlaces),
      "bookedPlaces",
      "bookedPlacesBefore",
    ),
    causes: REPORT_CANCELLATION_CAUSES.map((cause) => ({
      cause,
      ...halves(apart.filter((row) => row.cause === cause)),
    })),
    notice: REPORT_NOTICE_BANDS.map((from) => ({
      from,
      ...halves(apart.filter(({ noticeFrom }) => noticeFrom === from)),
    })),
    rows: [...keyed.values()]
      .map((rows) => ({
        key: keyOfAll(rows),
        figures: toFigures(rows),
        bookedPlaces: sumOf(rows, (row) => row.bookedPlaces),
      }))
      .toSorted(
        (one, other) =>
          other.figures.places - one.figures.places ||
          one.key.label.localeCompare(other.key.label, "en"),
      ),
  };
}

function toFigures(found: readonly FigureRow[]): CancellationFigures {
  return {
    places: sumOf(found, (row) => row.places),
    unsettled: sumOf(found, (row) => row.unsettled),
    noticeDays: sumOf(found, (row) => row.noticeDays),
    costs: byCurrency(found.filter(({ places }) => places > 0)).map(([currency, among]) => ({
      currency,
      fee: sumOf(among, (row) => row.fee),
      refund: sumOf(among, (row) => row.refund),
    })),
  };
}
