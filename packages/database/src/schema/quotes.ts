import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { booking } from "./bookings.ts";
import { createdAt, currency, id, instant, instantOrNever, updatedAt, version } from "./columns.ts";
import { enquiry } from "./enquiries.ts";
import { quoteStatus, taxCategory } from "./enums.ts";
import { courseRun } from "./scheduling.ts";

/** The priced answers to enquiries: each names the places of one run, and becomes a booking once it is accepted. */
export const quote = pgTable(
  "quote",
  {
    id: id(),
    /** What people call it by. */
    number: bigint("number", { mode: "number" })
      .generatedAlwaysAsIdentity({ startWith: 1001 })
      .notNull()
      .unique("quote_number_key"),
    enquiryId: uuid("enquiry_id")
      .notNull()
      .references(() => enquiry.id, { onDelete: "cascade" }),
    runId: uuid("run_id")
      .notNull()
      .references(() => courseRun.id, { onDelete: "restrict" }),
    status: quoteStatus("status").notNull().default("draft"),
    places: integer("places").notNull(),
    /** Of one place, in minor units. */
    unitAmount: integer("unit_amount").notNull(),
    currency: currency("currency").notNull(),
    /** The run's, as it was when the quote was written. */
    taxCategory: taxCategory("tax_category").notNull(),
    /** To the customer. */
    message: text("message").notNull().default(""),
    /** For staff. */
    note: text("note").notNull().default(""),
    recipientName: text("recipient_name").notNull(),
    recipientEmail: text("recipient_email").notNull(),
    recipientCompany: text("recipient_company"),
    language: text("language").notNull().default("en"),
    /** In the academy's time zone; it ends as the next day begins there. */
    lastDay: date("last_day", { mode: "string" }).notNull(),
    goodUntil: instant("good_until"),
    copiedFromId: uuid("copied_from_id").references((): AnyPgColumn => quote.id, {
      onDelete: "set null",
    }),
    /** What accepting it made. */
    bookingId: uuid("booking_id"),
    /** Ended by staff before its day. */
    isWithdrawn: boolean("is_withdrawn").notNull().default(false),
    withdrawnReason: text("withdrawn_reason"),
    declinedReason: text("declined_reason"),
    sentAt: instantOrNever("sent_at"),
    endedAt: instantOrNever("ended_at"),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    foreignKey({
      name: "quote_booking_fk",
      columns: [table.runId, table.bookingId],
      foreignColumns: [booking.runId, booking.id],
    }).onDelete("restrict"),
    check("quote_places_positive", sql`${table.places} > 0`),
    check("quote_amount", sql`${table.unitAmount} >= 0`),
    check("quote_sent", sql`(${table.status} = 'draft') = (${table.sentAt} IS NULL)`),
    check("quote_ended", sql`(${table.status} IN ('draft', 'sent')) = (${table.endedAt} IS NULL)`),
    check("quote_accepted", sql`(${table.status} = 'accepted') = (${table.bookingId} IS NOT NULL)`),
    check("quote_withdrawn", sql`NOT ${table.isWithdrawn} OR ${table.status} = 'expired'`),
    /** A booking comes of one quote. */
    uniqueIndex("quote_booking_key")
      .on(table.bookingId)
      .where(sql`booking_id IS NOT NULL`),
    index("quote_enquiry_idx").on(table.enquiryId, table.createdAt, table.id),
    index("quote_run_idx").on(table.runId, table.createdAt, table.id),
    index("quote_newest_idx").on(table.createdAt, table.id),
    index("quote_status_idx").on(table.status, table.createdAt, table.id),
    index("quote_copied_from_idx")
      .on(table.copiedFromId)
      .where(sql`copied_from_id IS NOT NULL`),
    /** The job that ends them. */
    index("quote_due_idx")
      .on(table.goodUntil)
      .where(sql`status = 'sent'`),
    /** What is somebody's, by their address. */
    index("quote_recipient_idx").on(sql`lower(${table.recipientEmail})`),
    /** Parts of what the recipient is called, for staff who look for them. */
    index("quote_recipient_part_idx").using(
      "gin",
      sql`lower(${table.recipientName}) gin_trgm_ops`,
      sql`lower(${table.recipientEmail}) gin_trgm_ops`,
      sql`lower(${table.recipientCompany}) gin_trgm_ops`,
    ),
  ],
);
