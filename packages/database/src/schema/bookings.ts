import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, currency, encrypted, id, instantOrNever, updatedAt } from "./columns.ts";
import {
  allocationKind,
  allocationState,
  bookingStatus,
  decider,
  paymentState,
  registrationChangeKind,
  registrationStatus,
  runChoiceKind,
  runChoiceState,
  taxCategory,
  waitlistStatus,
} from "./enums.ts";
import { organisation } from "./organisations.ts";
import { person } from "./people.ts";
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
    /** Parties in the waiting list: changed with the list, under this row's lock. */
    waiting: integer("waiting").notNull().default(0),
  },
  (table) => [
    check("run_capacity_waiting", sql`${table.waiting} >= 0`),
    check("run_capacity_not_oversold", sql`${table.taken} BETWEEN 0 AND ${table.capacity}`),
    /** The few that people wait for. */
    index("run_capacity_waiting_idx")
      .on(table.runId)
      .where(sql`waiting > 0`),
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
    /** The account of whoever books; NULL for a guest who has none yet. */
    bookerId: uuid("booker_id").references(() => person.id, { onDelete: "restrict" }),
    /** The company that it is booked for. */
    organisationId: uuid("organisation_id").references(() => organisation.id, {
      onDelete: "restrict",
    }),
    bookerName: text("booker_name"),
    bookerEmail: text("booker_email"),
    bookerCompany: text("booker_company"),
    bookerPhone: encrypted("booker_phone"),
    note: text("note"),
    /** Of the booker, for the times in mails; NULL where nobody told. */
    timeZone: text("time_zone"),
    language: text("language").notNull().default("en"),
    /** The country that the price was asked for; NULL for the base price. */
    region: text("region"),
    purchaseOrder: text("purchase_order"),
    approverName: text("approver_name"),
    approverEmail: text("approver_email"),
    approvedAt: instantOrNever("approved_at"),
    /** When the time of a hold was extended, which happens once: as payment starts. */
    extendedAt: instantOrNever("extended_at"),
    /** The booking that the registrations of this one were transferred from. */
    originId: uuid("origin_id").references((): AnyPgColumn => booking.id, {
      onDelete: "restrict",
    }),
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
    check(
      "booking_held_expires",
      sql`${table.status} NOT IN ('held', 'awaiting_payment', 'awaiting_approval') OR ${table.expiresAt} IS NOT NULL`,
    ),
    check(
      "booking_awaited_has_booker",
      sql`${table.status} NOT IN ('awaiting_payment', 'awaiting_approval') OR (${table.bookerName} IS NOT NULL AND ${table.bookerEmail} IS NOT NULL)`,
    ),
    check(
      "booking_approver_whole",
      sql`(${table.approverName} IS NULL) = (${table.approverEmail} IS NULL) AND (${table.status} <> 'awaiting_approval' OR ${table.approverEmail} IS NOT NULL)`,
    ),
    check(
      "booking_confirmed_has_booker",
      sql`${table.status} <> 'confirmed' OR (${table.confirmedAt} IS NOT NULL AND ${table.bookerName} IS NOT NULL AND ${table.bookerEmail} IS NOT NULL)`,
    ),
    check(
      "booking_cancelled_at",
      sql`${table.status} <> 'cancelled' OR ${table.cancelledAt} IS NOT NULL`,
    ),
    /**
     * What registrations and allocations refer to, so that they can't be of another run. The run comes
     * first, and so it finds the bookings of a run, too: an index of the run alone would be taken for
     * checking a foreign key on it while the table is small, and read all bookings of a hot run for each.
     */
    unique("booking_run_key").on(table.runId, table.id),
    index("booking_origin_idx")
      .on(table.originId)
      .where(sql`origin_id IS NOT NULL`),
    /** Reports: what was sold on a day. */
    index("booking_confirmed_idx")
      .on(table.confirmedAt)
      .where(sql`confirmed_at IS NOT NULL`),
    /** The list of staff, in its order. */
    index("booking_created_idx").on(table.createdAt, table.id),
    /** The few that are not settled yet, which would otherwise be looked for among all. */
    index("booking_open_idx")
      .on(table.status, table.createdAt, table.id)
      .where(sql`status IN ('held', 'awaiting_payment', 'awaiting_approval')`),
    /** Parts of what whoever books is called, for staff who look for them. */
    index("booking_booker_part_idx")
      .using(
        "gin",
        sql`lower(${table.bookerName}) gin_trgm_ops`,
        sql`lower(${table.bookerEmail}) gin_trgm_ops`,
      )
      .where(sql`booker_email IS NOT NULL`),
    index("booking_person_idx")
      .on(table.bookerId)
      .where(sql`booker_id IS NOT NULL`),
    index("booking_organisation_idx")
      .on(table.organisationId)
      .where(sql`organisation_id IS NOT NULL`),
    /** Bookings of guests, for whoever signs up with their address later. */
    index("booking_guest_idx")
      .on(sql`lower(${table.bookerEmail})`)
      .where(sql`booker_id IS NULL AND booker_email IS NOT NULL`),
    /** What one booker has of a run. */
    index("booking_booker_idx")
      .on(table.runId, sql`lower(${table.bookerEmail})`)
      .where(sql`booker_email IS NOT NULL`),
  ],
);

/** A party in the queue for a run. An offer to it is an allocation of the kind `offer`. */
export const waitlistEntry = pgTable(
  "waitlist_entry",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runCapacity.runId, { onDelete: "restrict" }),
    /** The order of the queue: given under the lock of the run's counter. */
    ticket: bigint("ticket", { mode: "number" }).generatedAlwaysAsIdentity().notNull(),
    status: waitlistStatus("status").notNull().default("waiting"),
    quantity: integer("quantity").notNull(),
    takesFewer: boolean("takes_fewer").notNull().default(false),
    personId: uuid("person_id").references(() => person.id, { onDelete: "restrict" }),
    name: text("name").notNull(),
    email: text("email").notNull(),
    company: text("company"),
    language: text("language").notNull().default("en"),
    timeZone: text("time_zone"),
    /** Of the offer, once one was made. */
    offeredQuantity: integer("offered_quantity"),
    offeredAt: instantOrNever("offered_at"),
    offerExpiresAt: instantOrNever("offer_expires_at"),
    /** What accepting the offer made. */
    bookingId: uuid("booking_id"),
    endedAt: instantOrNever("ended_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    foreignKey({
      name: "waitlist_entry_booking_fk",
      columns: [table.bookingId, table.runId],
      foreignColumns: [booking.id, booking.runId],
    }).onDelete("restrict"),
    check("waitlist_entry_quantity_positive", sql`${table.quantity} > 0`),
    check(
      "waitlist_entry_offered",
      sql`${table.status} NOT IN ('offered', 'accepted', 'declined', 'lapsed') OR (${table.offeredQuantity} BETWEEN 1 AND ${table.quantity} AND ${table.offeredAt} IS NOT NULL AND ${table.offerExpiresAt} IS NOT NULL)`,
    ),
    check(
      "waitlist_entry_ended",
      sql`(${table.status} IN ('waiting', 'offered')) = (${table.endedAt} IS NULL)`,
    ),
    check(
      "waitlist_entry_accepted",
      sql`(${table.status} = 'accepted') = (${table.bookingId} IS NOT NULL)`,
    ),
    unique("waitlist_entry_run_key").on(table.runId, table.id),
    /** Nobody stands in one queue twice. */
    uniqueIndex("waitlist_entry_party_key")
      .on(table.runId, sql`lower(${table.email})`)
      .where(sql`status IN ('waiting', 'offered')`),
    index("waitlist_entry_queue_idx")
      .on(table.runId, table.ticket)
      .where(sql`status = 'waiting'`),
    /** Offers that stand, the first to lapse first. */
    index("waitlist_entry_offer_idx")
      .on(table.offerExpiresAt, table.id)
      .where(sql`status = 'offered'`),
    index("waitlist_entry_person_idx")
      .on(table.personId)
      .where(sql`person_id IS NOT NULL`),
    /** Parties without an account, for whoever signs up with their address later. */
    index("waitlist_entry_guest_idx")
      .on(sql`lower(${table.email})`)
      .where(sql`person_id IS NULL`),
    index("waitlist_entry_booking_idx")
      .on(table.bookingId, table.runId)
      .where(sql`booking_id IS NOT NULL`),
    /** Reports: who joined in a period. */
    index("waitlist_entry_created_idx").on(table.createdAt),
  ],
);

export const seatAllocation = pgTable(
  "seat_allocation",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runCapacity.runId, { onDelete: "restrict" }),
    /** NULL for places that staff block, and for offers to the waiting list. */
    bookingId: uuid("booking_id"),
    waitlistEntryId: uuid("waitlist_entry_id"),
    /** Why staff block these places. */
    note: text("note"),
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
      columns: [table.runId, table.bookingId],
      foreignColumns: [booking.runId, booking.id],
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
    check(
      "seat_allocation_offer",
      sql`(${table.kind} <> 'offer' OR ${table.waitlistEntryId} IS NOT NULL) AND (${table.kind} <> 'block' OR (${table.bookingId} IS NULL AND ${table.waitlistEntryId} IS NULL))`,
    ),
    foreignKey({
      name: "seat_allocation_waitlist_entry_fk",
      columns: [table.waitlistEntryId, table.runId],
      foreignColumns: [waitlistEntry.id, waitlistEntry.runId],
    }).onDelete("restrict"),
    /** One offer at a time for each party. */
    uniqueIndex("seat_allocation_waitlist_entry_active_key")
      .on(table.waitlistEntryId)
      .where(sql`state = 'active' AND waitlist_entry_id IS NOT NULL`),
    index("seat_allocation_waitlist_entry_idx")
      .on(table.waitlistEntryId, table.runId)
      .where(sql`waitlist_entry_id IS NOT NULL`),
    /** A booking takes its places once. */
    uniqueIndex("seat_allocation_booking_active_key")
      .on(table.bookingId)
      .where(sql`state = 'active'`),
    /** Expired holds of a run, for the claim that needs their places. */
    index("seat_allocation_run_expiry_idx")
      .on(table.runId, table.expiresAt)
      .where(sql`state = 'active'`),
    /** All of a run, and those of one of its bookings that are over. */
    index("seat_allocation_run_idx").on(table.runId, table.bookingId),
  ],
);

/** One step of a price, as stored: what it did to the amount, and why. */
export interface StoredPriceStep {
  kind: "base" | "early_bird" | "volume" | "discount_code" | "transfer" | "waiver" | "quote";
  amount: number;
  basisPoints?: number | undefined;
  detail?: string | undefined;
}

export const registration = pgTable(
  "registration",
  {
    id: id(),
    bookingId: uuid("booking_id").notNull(),
    runId: uuid("run_id").notNull(),
    position: integer("position").notNull(),
    status: registrationStatus("status").notNull().default("reserved"),
    /** The account of the learner, once there is one. */
    learnerId: uuid("learner_id").references(() => person.id, { onDelete: "restrict" }),
    learnerName: text("learner_name"),
    learnerEmail: text("learner_email"),
    /** Frozen when the place was taken; NULL where the price was on request. */
    priceAmount: integer("price_amount"),
    priceCurrency: currency("price_currency"),
    /** The registration on another run that this one was transferred to. */
    successorId: uuid("successor_id").references((): AnyPgColumn => registration.id, {
      onDelete: "restrict",
    }),
    taxCategory: taxCategory("tax_category").notNull().default("standard"),
    /** How the price came about, step by step: see `PriceStep` of the contract. */
    priceExplanation: jsonb("price_explanation").$type<StoredPriceStep[]>().notNull().default([]),
    /** Of the learner, for the times in mails; NULL where nobody told. */
    timeZone: text("time_zone"),
    /** Claim links are bound to it: a new version makes the links given so far worthless. */
    claimVersion: integer("claim_version").notNull().default(1),
    claimedAt: instantOrNever("claimed_at"),
    cancelledAt: instantOrNever("cancelled_at"),
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
    index("registration_person_idx")
      .on(table.learnerId)
      .where(sql`learner_id IS NOT NULL`),
    /** Places of people without an account, for whoever signs up with their address later. */
    index("registration_guest_idx")
      .on(sql`lower(${table.learnerEmail})`)
      .where(sql`learner_id IS NULL AND learner_email IS NOT NULL`),
    index("registration_successor_idx")
      .on(table.successorId)
      .where(sql`successor_id IS NOT NULL`),
    /** Reports: what was cancelled on a day. */
    index("registration_cancelled_idx")
      .on(table.cancelledAt)
      .where(sql`cancelled_at IS NOT NULL`),
  ],
);

/** What a change of a registration cost, by which policy, and who decided it. */
export const registrationChange = pgTable(
  "registration_change",
  {
    id: id(),
    registrationId: uuid("registration_id")
      .notNull()
      .references(() => registration.id, { onDelete: "restrict" }),
    kind: registrationChangeKind("kind").notNull(),
    decidedBy: decider("decided_by").notNull(),
    /** What the academy keeps, and what it gives back; NULL where there was no price. */
    feeAmount: integer("fee_amount"),
    refundAmount: integer("refund_amount"),
    /** Of a transfer: the new price less the old one. */
    differenceAmount: integer("difference_amount"),
    currency: currency("currency"),
    /** Days of notice, and the fee of the policy's tier at that notice. */
    noticeDays: integer("notice_days"),
    feeBasisPoints: integer("fee_basis_points"),
    reason: text("reason"),
    createdAt: createdAt(),
  },
  (table) => [
    check(
      "registration_change_money",
      sql`(${table.feeAmount} IS NULL OR ${table.feeAmount} >= 0) AND (${table.refundAmount} IS NULL OR ${table.refundAmount} >= 0)`,
    ),
    index("registration_change_registration_idx").on(table.registrationId),
    /** Reports: what was given back on a day. */
    index("registration_change_created_idx").on(table.createdAt),
  ],
);

/** A learner's seat is asked about again: the run was cancelled, or moved. */
export const runChoice = pgTable(
  "run_choice",
  {
    id: id(),
    registrationId: uuid("registration_id")
      .notNull()
      .references(() => registration.id, { onDelete: "restrict" }),
    kind: runChoiceKind("kind").notNull(),
    state: runChoiceState("state").notNull().default("open"),
    decidedAt: instantOrNever("decided_at"),
    createdAt: createdAt(),
  },
  (table) => [
    check("run_choice_decided", sql`(${table.state} = 'open') = (${table.decidedAt} IS NULL)`),
    uniqueIndex("run_choice_open_key")
      .on(table.registrationId)
      .where(sql`state = 'open'`),
    index("run_choice_registration_idx").on(table.registrationId),
  ],
);
