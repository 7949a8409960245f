import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { course } from "./catalogue.ts";
import {
  createdAt,
  currency,
  encrypted,
  id,
  instant,
  instantOrNever,
  updatedAt,
  version,
  wallClock,
} from "./columns.ts";
import { organisation } from "./organisations.ts";
import { person } from "./people.ts";
import { deliveryMode, roomKind, runStatus, runVisibility, taxCategory } from "./enums.ts";

/**
 * Scheduling: where and when courses are taught. That a room and an instructor are never in two
 * places is said by the EXCLUDE constraints `session_room_free` and `session_instructor_free`,
 * which Drizzle cannot express: they stand in the migration `0002_rules`.
 */

export const venue = pgTable(
  "venue",
  {
    id: id(),
    name: text("name").notNull(),
    street: text("street"),
    city: text("city").notNull(),
    country: text("country").notNull(),
    timeZone: text("time_zone").notNull(),
    /** From when on nothing is planned there any more. */
    retiredAt: instantOrNever("retired_at"),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("venue_name_present", sql`btrim(${table.name}) <> ''`),
    check("venue_country_form", sql`${table.country} ~ '^[A-Z]{2}$'`),
    uniqueIndex("venue_name_city_key").on(
      sql`lower(${table.name})`,
      sql`lower(${table.city})`,
      table.country,
    ),
    index("venue_city_idx").on(table.city),
    index("venue_country_idx").on(table.country),
  ],
);

/** A room of a venue, or a virtual one, which has no venue. */
export const room = pgTable(
  "room",
  {
    id: id(),
    venueId: uuid("venue_id").references(() => venue.id, { onDelete: "restrict" }),
    kind: roomKind("kind").notNull(),
    name: text("name").notNull(),
    capacity: integer("capacity").notNull(),
    /** From when on nothing is planned there any more. */
    retiredAt: instantOrNever("retired_at"),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("room_venue_matches_kind", sql`(${table.kind} = 'virtual') = (${table.venueId} IS NULL)`),
    check("room_capacity_positive", sql`${table.capacity} > 0`),
    unique("room_name_key").on(table.venueId, table.name).nullsNotDistinct(),
  ],
);

export const instructor = pgTable(
  "instructor",
  {
    id: id(),
    slug: text("slug").notNull().unique("instructor_slug_key"),
    name: text("name").notNull(),
    bio: text("bio").notNull().default(""),
    /** The account that they sign in with. */
    personId: uuid("person_id")
      .references(() => person.id, { onDelete: "set null" })
      .unique("instructor_person_key"),
    createdAt: createdAt(),
  },
  (table) => [check("instructor_name_present", sql`btrim(${table.name}) <> ''`)],
);

/**
 * A cancellation policy, as stored: what cancelling and what moving to another run cost from so many
 * days of notice on, in hundredths of a per cent of the price.
 */
export interface StoredCancellationPolicy {
  tiers: { daysBefore: number; feeBasisPoints: number; transferFeeBasisPoints?: number }[];
}

/** What makes a price less than the base price, as stored: see `PriceRules` of the contract. */
export interface StoredPriceRules {
  earlyBird: { until: string; basisPoints: number }[];
  volume: { fromPlaces: number; basisPoints: number }[];
}

export const courseRun = pgTable(
  "course_run",
  {
    id: id(),
    courseId: uuid("course_id")
      .notNull()
      .references(() => course.id, { onDelete: "restrict" }),
    venueId: uuid("venue_id").references(() => venue.id, { onDelete: "restrict" }),
    status: runStatus("status").notNull().default("draft"),
    deliveryMode: deliveryMode("delivery_mode").notNull(),
    visibility: runVisibility("visibility").notNull().default("public"),
    /** The company that a private run is for. */
    organisationId: uuid("organisation_id").references(() => organisation.id, {
      onDelete: "restrict",
    }),
    language: text("language").notNull(),
    timeZone: text("time_zone").notNull(),
    localStart: wallClock("local_start"),
    localEnd: wallClock("local_end"),
    /** Derived from the wall-clock times and the zone; re-derived when tz data changes. */
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    minPlaces: integer("min_places").notNull().default(0),
    priceAmount: integer("price_amount"),
    priceCurrency: currency("price_currency"),
    taxCategory: taxCategory("tax_category").notNull().default("standard"),
    priceRules: jsonb("price_rules")
      .$type<StoredPriceRules>()
      .notNull()
      .default({ earlyBird: [], volume: [] }),
    /** Counts changes of whatever a price depends on: a trigger of the migration `0009_booking_rules` does. */
    pricingVersion: integer("pricing_version").notNull().default(1),
    bookingOpensAt: instantOrNever("booking_opens_at"),
    bookingClosesAt: instantOrNever("booking_closes_at"),
    /** Most places of this run that one booker may have. */
    placesPerBooker: integer("places_per_booker").notNull().default(20),
    /** When it has to be known whether a tentative run takes place; NULL where nobody has to decide. */
    decisionAt: instantOrNever("decision_at"),
    decisionWarnedAt: instantOrNever("decision_warned_at"),
    /** How long an offer to the waiting list stands, and how long before the start the last one ends. */
    offerMinutes: integer("offer_minutes").notNull().default(1440),
    offerLeadMinutes: integer("offer_lead_minutes").notNull().default(120),
    /** SEQUENCE of the run's calendar entries (RFC 5545, section 3.8.7.4): rises with each change that learners must see. */
    calendarSequence: integer("calendar_sequence").notNull().default(0),
    cancellationPolicy: jsonb("cancellation_policy")
      .$type<StoredCancellationPolicy>()
      .notNull()
      .default({ tiers: [] }),
    cancelledReason: text("cancelled_reason"),
    externalId: text("external_id").unique("course_run_external_id_key"),
    sourceUrl: text("source_url"),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check(
      "course_run_organisation",
      sql`${table.organisationId} IS NULL OR ${table.visibility} = 'private'`,
    ),
    index("course_run_organisation_idx")
      .on(table.organisationId)
      .where(sql`organisation_id IS NOT NULL`),
    /** The few that nobody finds in the catalogue, for staff who look for one. */
    index("course_run_private_idx")
      .on(table.startsAt, table.id)
      .where(sql`visibility = 'private'`),
    check("course_run_ends_after_start", sql`${table.endsAt} >= ${table.startsAt}`),
    check("course_run_min_places", sql`${table.minPlaces} >= 0`),
    check("course_run_places_per_booker", sql`${table.placesPerBooker} > 0`),
    check("course_run_offers", sql`${table.offerMinutes} > 0 AND ${table.offerLeadMinutes} >= 0`),
    check(
      "course_run_price_whole",
      sql`(${table.priceAmount} IS NULL) = (${table.priceCurrency} IS NULL)`,
    ),
    check(
      "course_run_price_form",
      sql`${table.priceAmount} IS NULL OR (${table.priceAmount} >= 0 AND ${table.priceCurrency} ~ '^[A-Z]{3}$')`,
    ),
    check(
      "course_run_booking_window",
      sql`${table.bookingOpensAt} IS NULL OR ${table.bookingClosesAt} IS NULL OR ${table.bookingOpensAt} < ${table.bookingClosesAt}`,
    ),
    /** What names a run outside: see `course_named_key`. */
    uniqueIndex("course_run_named_key").on(
      sql`(coalesce(${table.externalId}, 'urn:uuid:' || ${table.id}::text) COLLATE "C")`,
    ),
    index("course_run_course_idx").on(table.courseId, table.startsAt),
    index("course_run_venue_idx").on(table.venueId, table.startsAt),
    /** The calendar of staff, which shows runs of every state. */
    index("course_run_start_idx").on(table.startsAt, table.id),
    /** The few that last long, by all the time that they take: a calendar finds the others by when they begin. */
    index("course_run_long_idx")
      .using("gist", sql`tstzrange(${table.startsAt}, ${table.endsAt}, '[]')`)
      .where(sql`ends_at - starts_at > interval '7 days'`),
    /** Runs that move on with time: what has begun, ended or got its minimum. */
    index("course_run_open_idx")
      .on(table.startsAt)
      .where(sql`status IN ('tentative', 'confirmed', 'in_progress')`),
    /** Runs about which somebody has to decide, in the order in which it is due: before they begin at the latest. */
    index("course_run_tentative_idx")
      .on(sql`coalesce(${table.decisionAt}, ${table.startsAt})`, table.id)
      .where(sql`status = 'tentative'`),
    /** The upcoming list, in its order: only what the public may see. */
    index("course_run_upcoming_idx")
      .on(table.startsAt, table.id)
      .where(sql`visibility = 'public' AND status IN ('tentative', 'confirmed')`),
  ],
);

/**
 * When the public runs of a course begin, one row for each way in which they are offered: a million
 * runs become some ten thousand rows, so that the catalogue can be filtered and counted without
 * reading the runs. Derived: triggers of the migration `0005_run_calendar_rules` keep it, nothing
 * else writes it. What has begun may still stand in `starts`; questions compare with the clock.
 */
export const runCalendar = pgTable(
  "run_calendar",
  {
    courseId: uuid("course_id")
      .notNull()
      .references(() => course.id, { onDelete: "cascade" }),
    venueId: uuid("venue_id").references(() => venue.id, { onDelete: "restrict" }),
    deliveryMode: deliveryMode("delivery_mode").notNull(),
    language: text("language").notNull(),
    timeZone: text("time_zone").notNull(),
    priceAmount: integer("price_amount"),
    priceCurrency: currency("price_currency"),
    /** Ascending, one element a run. */
    starts: timestamp("starts", { withTimezone: true, mode: "date", precision: 3 })
      .array()
      .notNull(),
  },
  (table) => [
    unique("run_calendar_key")
      .on(
        table.courseId,
        table.venueId,
        table.deliveryMode,
        table.language,
        table.timeZone,
        table.priceAmount,
        table.priceCurrency,
      )
      .nullsNotDistinct(),
    check("run_calendar_has_starts", sql`cardinality(${table.starts}) > 0`),
    index("run_calendar_venue_idx").on(table.venueId),
  ],
);

export const session = pgTable(
  "session",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => courseRun.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    roomId: uuid("room_id").references(() => room.id, { onDelete: "restrict" }),
    timeZone: text("time_zone").notNull(),
    localStart: wallClock("local_start"),
    localEnd: wallClock("local_end"),
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    /** False once the run is cancelled: the room and the instructors are free again. */
    isActive: boolean("is_active").notNull().default(true),
  },
  (table) => [
    check("session_ends_after_start", sql`${table.endsAt} > ${table.startsAt}`),
    check("session_position_positive", sql`${table.position} > 0`),
    unique("session_position_key").on(table.runId, table.position),
    /** What `session_instructor` refers to, so that its copy of the times can't go stale. */
    unique("session_time_key").on(table.id, table.startsAt, table.endsAt, table.isActive),
    index("session_room_idx").on(table.roomId, table.startsAt),
  ],
);

/**
 * Where a run's people meet online. Whoever has the address can come in: it is encrypted, stands in no list, and is
 * given out when a session is about to begin. A table of its own, so that nothing that reads runs and sessions reads it.
 */
export const joinLink = pgTable(
  "join_link",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => courseRun.id, { onDelete: "cascade" }),
    /** Of the one session that it is for; NULL: for all that have none of their own. */
    position: integer("position"),
    url: encrypted("url").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("join_link_position_positive", sql`${table.position} > 0`),
    check("join_link_encrypted", sql`${table.url} LIKE 'e1:%'`),
    unique("join_link_run_key").on(table.runId, table.position).nullsNotDistinct(),
  ],
);

/** Who teaches a session. Carries the session's times for the EXCLUDE constraint. */
export const sessionInstructor = pgTable(
  "session_instructor",
  {
    sessionId: uuid("session_id").notNull(),
    instructorId: uuid("instructor_id")
      .notNull()
      .references(() => instructor.id, { onDelete: "restrict" }),
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    isActive: boolean("is_active").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.instructorId] }),
    foreignKey({
      name: "session_instructor_session_fk",
      columns: [table.sessionId, table.startsAt, table.endsAt, table.isActive],
      foreignColumns: [session.id, session.startsAt, session.endsAt, session.isActive],
    })
      .onUpdate("cascade")
      .onDelete("cascade"),
    index("session_instructor_instructor_idx").on(table.instructorId, table.startsAt),
  ],
);
