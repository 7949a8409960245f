import type { RunRecord } from "@lectern/contract/runs";
import { runCapacity } from "@lectern/database/schema/bookings";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { type SQL, sql } from "drizzle-orm";
import { moneyOrNull } from "../../shared/money.ts";
import { wallClockFromRow } from "../../shared/zoned-time.ts";

/** A run as imports and exports carry it. Queries that use it join `course` and, on the left, `venue` and `run_capacity`. */

/** What names a run outside: what its source calls it, else its own id. As in `course_run_named_key`. */
export const runExternalId: SQL<string> = sql<string>`(coalesce(course_run.external_id, 'urn:uuid:' || course_run.id::text) COLLATE "C")`;

const sessions = sql<{ localStart: string; localEnd: string }[]>`(
  SELECT coalesce(json_agg(json_build_object('localStart', s.local_start, 'localEnd', s.local_end)
    ORDER BY s.position), '[]')
  FROM session AS s WHERE s.run_id = course_run.id)`;

export const runRecordColumns = {
  externalId: runExternalId.as("external_id"),
  courseExternalId: sql<string>`coalesce(course.external_id, 'urn:uuid:' || course.id::text)`.as(
    "course_external_id",
  ),
  sourceUrl: courseRun.sourceUrl,
  status: courseRun.status,
  deliveryMode: courseRun.deliveryMode,
  language: courseRun.language,
  timeZone: courseRun.timeZone,
  localStart: courseRun.localStart,
  localEnd: courseRun.localEnd,
  venueName: venue.name,
  venueStreet: venue.street,
  venueCity: venue.city,
  venueCountry: venue.country,
  capacity: runCapacity.capacity,
  minPlaces: courseRun.minPlaces,
  priceAmount: courseRun.priceAmount,
  priceCurrency: courseRun.priceCurrency,
  visibility: courseRun.visibility,
  bookingOpensAt: courseRun.bookingOpensAt,
  bookingClosesAt: courseRun.bookingClosesAt,
  sessions: sessions.as("sessions"),
};

export interface RunRecordRow {
  externalId: string;
  courseExternalId: string;
  sourceUrl: string | null;
  status: RunRecord["status"];
  deliveryMode: RunRecord["deliveryMode"];
  language: string;
  timeZone: string;
  localStart: string;
  localEnd: string;
  venueName: string | null;
  venueStreet: string | null;
  venueCity: string | null;
  venueCountry: string | null;
  capacity: number | null;
  minPlaces: number;
  priceAmount: number | null;
  priceCurrency: string | null;
  visibility: RunRecord["visibility"];
  bookingOpensAt: Date | null;
  bookingClosesAt: Date | null;
  sessions: { localStart: string; localEnd: string }[];
}

/** @returns the run as the contract describes a record */
export function toRunRecord(row: RunRecordRow): RunRecord {
  const { venueName: name, venueCity: city, venueCountry: country } = row;
  return {
    externalId: row.externalId,
    courseExternalId: row.courseExternalId,
    sourceUrl: row.sourceUrl,
    status: row.status,
    deliveryMode: row.deliveryMode,
    language: row.language,
    timeZone: row.timeZone,
    localStart: wallClockFromRow(row.localStart),
    localEnd: wallClockFromRow(row.localEnd),
    venue:
      name === null || city === null || country === null
        ? null
        : { name, street: row.venueStreet, city, country },
    capacity: knownCapacity(row.capacity),
    minPlaces: row.minPlaces,
    price: moneyOrNull(row.priceAmount, row.priceCurrency),
    visibility: row.visibility,
    bookingOpensAt: row.bookingOpensAt?.toISOString() ?? null,
    bookingClosesAt: row.bookingClosesAt?.toISOString() ?? null,
    sessions: row.sessions.map(({ localStart, localEnd }) => ({
      localStart: wallClockFromRow(localStart),
      localEnd: wallClockFromRow(localEnd),
    })),
  };
}

/** A run without a single place is one whose capacity nobody knows: nothing can be booked. */
export function knownCapacity(capacity: number | null): number | null {
  return capacity === 0 ? null : capacity;
}
