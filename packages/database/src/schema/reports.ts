import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { course } from "./catalogue.ts";
import { instant } from "./columns.ts";
import { deliveryMode } from "./enums.ts";

/**
 * Sums for reports: what happened on each day of the academy's calendar, by what it can be told apart by; and the same of
 * whole weeks and months, which are sums of these (`grain`: `day`, `week` or `month`; `day` is the first). All of it is
 * derived and could be computed anew at any time; see `docs/decisions/reports-from-daily-sums.md`. Triggers of the
 * migration `report_rules` write down of which days the sums are stale, and a job computes these again.
 */

/** A course's topics as the sums know them: kept by a trigger, so that writing the same topics again makes nothing stale. */
export const reportCourse = pgTable("report_course", {
  courseId: uuid("course_id")
    .primaryKey()
    .references(() => course.id, { onDelete: "cascade" }),
  /** In the order of their ids. */
  topicIds: uuid("topic_ids").array().notNull(),
});

/**
 * What sums are told apart by, each combination once. Nothing refers to it by a foreign key: rows are only ever added,
 * and an index for such a key would be larger than the sums. An empty text is "none", so that two of these are equal.
 */
export const reportSlice = pgTable(
  "report_slice",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    topicIds: uuid("topic_ids").array().notNull(),
    country: text("country").notNull(),
    city: text("city").notNull(),
    deliveryMode: deliveryMode("delivery_mode").notNull(),
    /** Whether a company booked; false of runs. */
    isCompany: boolean("is_company").notNull(),
    /** Empty for prices on request, and of runs. */
    currency: text("currency").notNull(),
  },
  (table) => [
    unique("report_slice_key").on(
      table.topicIds,
      table.country,
      table.city,
      table.deliveryMode,
      table.isCompany,
      table.currency,
    ),
  ],
);

/** What was sold on a day, moved to or from it, and given back. Money in minor units of the slice's currency. */
export const reportBookingDay = pgTable(
  "report_booking_day",
  {
    grain: text("grain").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    sliceId: integer("slice_id").notNull(),
    bookings: integer("bookings").notNull(),
    places: integer("places").notNull(),
    booked: bigint("booked", { mode: "number" }).notNull(),
    /** Of transfers: what came less what went. */
    movedPlaces: integer("moved_places").notNull(),
    moved: bigint("moved", { mode: "number" }).notNull(),
    givenBack: bigint("given_back", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.grain, table.day, table.sliceId] })],
);

/** Places that were cancelled on a day, by why and by how much notice. */
export const reportCancellationDay = pgTable(
  "report_cancellation_day",
  {
    grain: text("grain").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    sliceId: integer("slice_id").notNull(),
    /** See `REPORT_CANCELLATION_CAUSES` of the contract. */
    cause: text("cause").notNull(),
    /** The fewest days of notice of this band. */
    noticeFrom: integer("notice_from").notNull(),
    places: integer("places").notNull(),
    /** Of these, those of which it has yet to be said what they cost. */
    unsettled: integer("unsettled").notNull(),
    noticeDays: bigint("notice_days", { mode: "number" }).notNull(),
    fee: bigint("fee", { mode: "number" }).notNull(),
    refund: bigint("refund", { mode: "number" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.grain, table.day, table.sliceId, table.cause, table.noticeFrom] }),
  ],
);

/** Runs that begin on a day, and how full they are. */
export const reportRunDay = pgTable(
  "report_run_day",
  {
    grain: text("grain").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    sliceId: integer("slice_id").notNull(),
    isTentative: boolean("is_tentative").notNull(),
    runs: integer("runs").notNull(),
    capacity: bigint("capacity", { mode: "number" }).notNull(),
    taken: bigint("taken", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.grain, table.day, table.sliceId, table.isTentative] })],
);

/**
 * That the sums of the day around a moment are stale. Only ever added to by what changes something, so that nobody waits
 * for anybody; whoever computes the sums takes the rows away first.
 */
export const reportStale = pgTable(
  "report_stale",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text("kind").notNull(),
    at: instant("at"),
  },
  (table) => [
    check("report_stale_kind", sql`${table.kind} IN ('bookings', 'cancellations', 'runs')`),
  ],
);
