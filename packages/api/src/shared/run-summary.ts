import type { RunSummary } from "@lectern/contract/runs";
import { runCapacity, seatAllocation } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { sql } from "drizzle-orm";
import { moneyOrNull } from "./money.ts";
import { wallClockFromRow } from "./zoned-time.ts";

/**
 * A run as every list and page shows it: which columns that takes, and how a row becomes the answer.
 * Queries that use it join `course` and `run_capacity`, and `venue` on the left.
 */

/** Holds past their time whose places nobody has claimed yet: free, though still counted as taken. */
const lapsedPlaces = sql<number>`coalesce((
  SELECT sum(${seatAllocation.quantity}) FROM ${seatAllocation}
  WHERE ${seatAllocation.runId} = ${courseRun.id}
    AND ${seatAllocation.state} = 'active'
    AND ${seatAllocation.expiresAt} <= now()
), 0)::int`;

/** The database's clock decides, so that all instances agree. */
const isStarted = sql<boolean>`${courseRun.startsAt} <= now()`;
const isBookingOpen = sql<boolean>`(${courseRun.bookingOpensAt} IS NULL OR ${courseRun.bookingOpensAt} <= now())`;
const isBookingClosed = sql<boolean>`(${courseRun.bookingClosesAt} IS NOT NULL AND ${courseRun.bookingClosesAt} <= now())`;

export const runSummaryColumns = {
  id: courseRun.id,
  courseId: courseRun.courseId,
  courseCode: course.code,
  courseSlug: course.slug,
  courseTitle: course.title,
  courseLanguage: course.contentLanguage,
  courseStatus: course.status,
  status: courseRun.status,
  visibility: courseRun.visibility,
  deliveryMode: courseRun.deliveryMode,
  language: courseRun.language,
  timeZone: courseRun.timeZone,
  localStart: courseRun.localStart,
  localEnd: courseRun.localEnd,
  startsAt: courseRun.startsAt,
  endsAt: courseRun.endsAt,
  priceAmount: courseRun.priceAmount,
  priceCurrency: courseRun.priceCurrency,
  venueId: venue.id,
  venueName: venue.name,
  venueStreet: venue.street,
  venueCity: venue.city,
  venueCountry: venue.country,
  capacity: runCapacity.capacity,
  taken: runCapacity.taken,
  waiting: runCapacity.waiting,
  lapsed: lapsedPlaces.as("lapsed"),
  isStarted: isStarted.as("is_started"),
  isBookingOpen: isBookingOpen.as("is_booking_open"),
  isBookingClosed: isBookingClosed.as("is_booking_closed"),
  placesPerBooker: courseRun.placesPerBooker,
};

/** A row of a query that selects `runSummaryColumns`. */
export interface RunSummaryRow {
  id: string;
  courseId: string;
  courseCode: string;
  courseSlug: string;
  courseTitle: string;
  courseLanguage: string;
  courseStatus: (typeof course.$inferSelect)["status"];
  status: (typeof courseRun.$inferSelect)["status"];
  visibility: (typeof courseRun.$inferSelect)["visibility"];
  deliveryMode: (typeof courseRun.$inferSelect)["deliveryMode"];
  language: string;
  timeZone: string;
  localStart: string;
  localEnd: string;
  startsAt: Date;
  endsAt: Date;
  priceAmount: number | null;
  priceCurrency: string | null;
  venueId: string | null;
  venueName: string | null;
  venueStreet: string | null;
  venueCity: string | null;
  venueCountry: string | null;
  capacity: number;
  taken: number;
  waiting: number;
  lapsed: number;
  isStarted: boolean;
  isBookingOpen: boolean;
  isBookingClosed: boolean;
  placesPerBooker: number;
}

/** The numbers that say how many places are left. */
type PlacesRow = Pick<RunSummaryRow, "capacity" | "taken" | "waiting" | "lapsed">;

/**
 * @returns places that somebody could book now: those of lapsed holds and offers are free, too, unless
 *   somebody waits, who will be served first
 */
export function placesLeft({ capacity, taken, waiting, lapsed }: PlacesRow): number {
  return Math.max(0, capacity - taken + (waiting === 0 ? lapsed : 0));
}

/** Whether a run can be booked now: derived from its state, its window and its places. */
export function bookability(
  row: Pick<
    RunSummaryRow,
    | "status"
    | "visibility"
    | "courseStatus"
    | "isStarted"
    | "isBookingOpen"
    | "isBookingClosed"
    | "capacity"
    | "taken"
    | "waiting"
    | "lapsed"
  >,
): RunSummary["bookability"] {
  if (row.status === "cancelled") return "cancelled";
  if (row.status === "draft" || row.courseStatus !== "published") return "not_published";
  if (row.visibility === "private") return "private";
  if (row.isStarted || row.isBookingClosed) return "closed";
  if (row.status === "in_progress" || row.status === "completed") return "closed";
  // Its capacity is not known yet.
  if (row.capacity === 0) return "closed";
  if (!row.isBookingOpen) return "not_open_yet";
  return placesLeft(row) > 0 ? "open" : "sold_out";
}

function venueOf(row: RunSummaryRow): RunSummary["venue"] {
  const { venueId, venueName, venueCity, venueCountry } = row;
  if (venueId === null || venueName === null || venueCity === null || venueCountry === null) {
    return null;
  }
  return {
    id: venueId,
    name: venueName,
    street: row.venueStreet,
    city: venueCity,
    country: venueCountry,
  };
}

/** @returns the run as the contract describes it */
export function toRunSummary(row: RunSummaryRow): RunSummary {
  return {
    id: row.id,
    course: {
      id: row.courseId,
      code: row.courseCode,
      slug: row.courseSlug,
      title: row.courseTitle,
      contentLanguage: row.courseLanguage,
    },
    status: row.status,
    deliveryMode: row.deliveryMode,
    language: row.language,
    venue: venueOf(row),
    price: moneyOrNull(row.priceAmount, row.priceCurrency),
    capacity: row.capacity,
    placesLeft: placesLeft(row),
    bookability: bookability(row),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    timeZone: row.timeZone,
    localStart: wallClockFromRow(row.localStart),
    localEnd: wallClockFromRow(row.localEnd),
  };
}
