import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, currency, id, instantOrNever, updatedAt } from "./columns.ts";
import {
  allocationKind,
  allocationState,
  bookingStatus,
  paymentState,
  registrationStatus,
} from "./enums.ts";
import { courseRun } from "./scheduling.ts";

/**
 * Bookings, and the ledger of places. A run's capacity is a row of its own and every place taken is
 * a row of `seat_allocation`; the CHECK on `run_capacity` refuses place n+1 whatever the code does.
 */

export const runCapacity = pgTable(
  "run_capacity",
  {
    runId: uuid("run_id")
      .primaryKey()
      .references(() => courseRun.id, { onDelete: "cascade" }),
    capacity: integer("capacity").notNull(),
    taken: integer("taken").notNull().default(0),
    /**
     * False once the run is cancelled. It stands here because a claim that waited for this row's lock
     * re-checks this row alone; the run's own state it has read before the wait.
     */
    isOpen: boolean("is_open").notNull().default(true),
  },
  (table) => [
    check("run_capacity_not_oversold", sql`${table.taken} BETWEEN 0 AND ${table.capacity}`),
  ],
);

export const booking = pgTable(
  "booking",
  {
    id: id(),
    reference: text("reference").notNull().unique("booking_reference_key"),
    runId: uuid("run_id")
      .notNull()
      .references(() => courseRun.id, { onDelete: "restrict" }),
    status: bookingStatus("status").notNull(),
    paymentState: paymentState("payment_state").notNull().default("unpaid"),
    places: integer("places").notNull(),
    bookerName: text("booker_name"),
    bookerEmail: text("booker_email"),
    bookerCompany: text("booker_company"),
    bookerPhone: text("booker_phone"),
    note: text("note"),
    expiresAt: instantOrNever("expires_at"),
    confirmedAt: instantOrNever("confirmed_at"),
    cancelledAt: instantOrNever("cancelled_at"),
    cancelledReason: text("cancelled_reason"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("booking_places_positive", sql`${table.places} > 0`),
    check(
      "booking_reference_form",
      sql`${table.reference} ~ '^LC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'`,
    ),
    check("booking_held_expires", sql`${table.status} <> 'held' OR ${table.expiresAt} IS NOT NULL`),
    check(
      "booking_confirmed_has_booker",
      sql`${table.status} <> 'confirmed' OR (${table.confirmedAt} IS NOT NULL AND ${table.bookerName} IS NOT NULL AND ${table.bookerEmail} IS NOT NULL)`,
    ),
    check(
      "booking_cancelled_at",
      sql`${table.status} <> 'cancelled' OR ${table.cancelledAt} IS NOT NULL`,
    ),
    /** What registrations and allocations refer to, so that they can't be of another run. */
    unique("booking_run_key").on(table.id, table.runId),
    index("booking_run_idx").on(table.runId),
  ],
);

export const seatAllocation = pgTable(
  "seat_allocation",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runCapacity.runId, { onDelete: "restrict" }),
    /** NULL for places that staff block. */
    bookingId: uuid("booking_id"),
    quantity: integer("quantity").notNull(),
    kind: allocationKind("kind").notNull(),
    state: allocationState("state").notNull().default("active"),
    expiresAt: instantOrNever("expires_at"),
    createdAt: createdAt(),
    endedAt: instantOrNever("ended_at"),
  },
  (table) => [
    foreignKey({
      name: "seat_allocation_booking_fk",
      columns: [table.bookingId, table.runId],
      foreignColumns: [booking.id, booking.runId],
    }).onDelete("restrict"),
    check("seat_allocation_quantity_positive", sql`${table.quantity} > 0`),
    check(
      "seat_allocation_expiry",
      sql`(${table.kind} IN ('hold', 'offer')) = (${table.expiresAt} IS NOT NULL)`,
    ),
    check("seat_allocation_ended", sql`(${table.state} = 'active') = (${table.endedAt} IS NULL)`),
    check(
      "seat_allocation_booking",
      sql`${table.kind} NOT IN ('hold', 'booking') OR ${table.bookingId} IS NOT NULL`,
    ),
    /** A booking takes its places once. */
    uniqueIndex("seat_allocation_booking_active_key")
      .on(table.bookingId)
      .where(sql`state = 'active'`),
    index("seat_allocation_booking_idx").on(table.bookingId, table.runId),
    /** Expired holds of a run, for the claim that needs their places. */
    index("seat_allocation_run_expiry_idx")
      .on(table.runId, table.expiresAt)
      .where(sql`state = 'active'`),
    index("seat_allocation_run_idx").on(table.runId),
  ],
);

export const registration = pgTable(
  "registration",
  {
    id: id(),
    bookingId: uuid("booking_id").notNull(),
    runId: uuid("run_id").notNull(),
    position: integer("position").notNull(),
    status: registrationStatus("status").notNull().default("reserved"),
    learnerName: text("learner_name"),
    learnerEmail: text("learner_email"),
    /** Frozen when the place was taken; NULL where the price was on request. */
    priceAmount: integer("price_amount"),
    priceCurrency: currency("price_currency"),
    /** The registration on another run that this one was transferred to. */
    successorId: uuid("successor_id").references((): AnyPgColumn => registration.id, {
      onDelete: "restrict",
    }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    foreignKey({
      name: "registration_booking_fk",
      columns: [table.bookingId, table.runId],
      foreignColumns: [booking.id, booking.runId],
    }).onDelete("restrict"),
    unique("registration_position_key").on(table.bookingId, table.position),
    check("registration_position_positive", sql`${table.position} > 0`),
    check(
      "registration_learner_whole",
      sql`(${table.learnerName} IS NULL) = (${table.learnerEmail} IS NULL)`,
    ),
    check(
      "registration_price_whole",
      sql`(${table.priceAmount} IS NULL) = (${table.priceCurrency} IS NULL)`,
    ),
    check(
      "registration_successor",
      sql`(${table.status} = 'transferred') = (${table.successorId} IS NOT NULL)`,
    ),
    /** One learner takes one place of a run. */
    uniqueIndex("registration_learner_key")
      .on(table.runId, sql`lower(${table.learnerEmail})`)
      .where(sql`learner_email IS NOT NULL AND status IN ('reserved', 'confirmed', 'completed')`),
    index("registration_successor_idx").on(table.successorId),
  ],
);
