import type { Reach } from "@lectern/auth/actor";
import type {
  BookingFigures,
  BookingsReport,
  BookingsReportInput,
} from "@lectern/contract/reports";
import { int4, int8, text } from "@lectern/database/codecs";
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
  /** Of a step; or, with a key, 0 for the period and -1 for the one before. */
  number: int4,
  ...KEY_COLUMNS,
  currency: text,
  bookings: int8,
  places: int8,
  cancelledPlaces: int8,
  movedPlaces: int8,
  booked: int8,
  givenBack: int8,
  moved: int8,
};

const NOTHING = sql`0`;

const TAKEN: readonly Taken[] = [
  {
    sum: BOOKING_SUM,
    measures: {
      bookings: "bookings",
      places: "places",
      cancelled_places: NOTHING,
      moved_places: "moved_places",
      booked: "booked",
      given_back: "given_back",
      moved: "moved",
    },
  },
  {
    sum: CANCELLATION_SUM,
    measures: {
      bookings: NOTHING,
      places: NOTHING,
      cancelled_places: "places",
      moved_places: NOTHING,
      booked: NOTHING,
      given_back: NOTHING,
      moved: NOTHING,
    },
  },
];
const SUMMED = summed(TAKEN);

const figures = prepared("reports.bookings", { ...SUMS_ASKED, by: text }, (_, $) =>
  rows(
    COLUMNS,
    sql`WITH ${sumsAsked($, TAKEN)}
    SELECT number, NULL AS value, NULL AS label, NULL AS country, currency, ${SUMMED}
    FROM by_step GROUP BY number, currency
    UNION ALL
    SELECT apart.half, coalesce(t.slug, apart.value), t.name, apart.country, apart.currency, ${measuresOf(TAKEN, "apart")}
    FROM (
      SELECT half, value, CASE ${$.by} WHEN 'city' THEN country END AS country, currency, ${SUMMED}
      FROM (SELECT by_slice.*, ${keysOf(sql`by_slice`, sql`${$.by}`)} AS value FROM by_slice) AS keyed
      GROUP BY 1, 2, 3, 4
    ) AS apart LEFT JOIN topic AS t ON ${$.by} = 'topic' AND t.id::text = apart.value`,
  ),
);

type FigureRow = RowOf<typeof COLUMNS>;

/**
 * Bookings and revenue in a period, step by step, by one dimension, and compared with the period before.
 *
 * @throws Invalid for a period that is none, or has too many steps
 */
export async function reportBookings(
  db: Database,
  reach: Reach,
  input: BookingsReportInput,
): Promise<BookingsReport> {
  const period = periodOf(input, await readCalendar(db), "nothing");
  const found = await figures.execute(db, { ...lookedAt(period, input, reach), by: input.by });
  const ofSteps = found.filter(({ value }) => value === null);
  const keyed = Map.groupBy(
    found.filter(({ value }) => value !== null),
    (row) => idOf(toKey(row)),
  );
  return {
    period,
    by: input.by,
    ...figuresOfSteps(period, ofSteps, toFigures),
    rows: [...keyed.values()].map(toRow).toSorted(mostFirst),
  };
}

type Row = BookingsReport["rows"][number];

function toRow(found: readonly FigureRow[]): Row {
  return { key: keyOfAll(found), ...figuresOfHalves(found, toFigures, "figures", "before") };
}

/** By what there is now, then by what there was. */
function mostFirst(one: Row, other: Row): number {
  return (
    other.figures.places - one.figures.places ||
    other.before.places - one.before.places ||
    one.key.label.localeCompare(other.key.label, "en")
  );
}

/** @returns the figures of rows, of which each is of one currency; an empty one is no currency at all */
function toFigures(found: readonly FigureRow[]): BookingFigures {
  return {
    bookings: sumOf(found, (row) => row.bookings),
    places: sumOf(found, (row) => row.places),
    cancelledPlaces: sumOf(found, (row) => row.cancelledPlaces),
    movedPlaces: sumOf(found, (row) => row.movedPlaces),
    revenue: byCurrency(found).map(([currency, rows]) => {
      const booked = sumOf(rows, (row) => row.booked);
      const givenBack = sumOf(rows, (row) => row.givenBack);
      const moved = sumOf(rows, (row) => row.moved);
      return { currency, booked, givenBack, moved, net: booked + moved - givenBack };
    }),
  };
}
