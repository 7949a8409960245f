import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { booking } from "./bookings.ts";
import { course } from "./catalogue.ts";
import { createdAt, currency, id, instantOrNever, updatedAt } from "./columns.ts";
import { allocationState, discountKind, taxCategory } from "./enums.ts";
import { courseRun } from "./scheduling.ts";

/** What a place of a run costs in one country, where that is not the run's base price. */
export const runPrice = pgTable(
  "run_price",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => courseRun.id, { onDelete: "cascade" }),
    region: text("region").notNull(),
    amount: integer("amount").notNull(),
    currency: currency("currency").notNull(),
    taxCategory: taxCategory("tax_category").notNull().default("standard"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.region] }),
    check("run_price_region_form", sql`${table.region} ~ '^[A-Z]{2}$'`),
    check("run_price_form", sql`${table.amount} >= 0 AND ${table.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** A code that makes a booking cheaper. How often it was used is counted as strictly as places are. */
export const discountCode = pgTable(
  "discount_code",
  {
    id: id(),
    /** In capital letters. */
    code: text("code").notNull(),
    description: text("description").notNull().default(""),
    kind: discountKind("kind").notNull(),
    basisPoints: integer("basis_points"),
    /** Off the whole booking. */
    amount: integer("amount"),
    currency: currency("currency"),
    /** NULL: as often as anybody likes. */
    maxUses: integer("max_uses"),
    used: integer("used").notNull().default(0),
    validFrom: instantOrNever("valid_from"),
    validUntil: instantOrNever("valid_until"),
    /** NULL: for all courses. */
    courseId: uuid("course_id").references(() => course.id, { onDelete: "cascade" }),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("discount_code_key").on(table.code),
    check("discount_code_form", sql`${table.code} ~ '^[A-Z0-9][A-Z0-9-]{2,39}$'`),
    check(
      "discount_code_value",
      sql`CASE ${table.kind} WHEN 'percent' THEN ${table.basisPoints} BETWEEN 1 AND 10000 AND ${table.amount} IS NULL AND ${table.currency} IS NULL ELSE ${table.amount} > 0 AND ${table.currency} IS NOT NULL AND ${table.basisPoints} IS NULL END`,
    ),
    check(
      "discount_code_not_overused",
      sql`${table.used} >= 0 AND (${table.maxUses} IS NULL OR ${table.used} <= ${table.maxUses})`,
    ),
    index("discount_code_course_idx").on(table.courseId),
  ],
);

/** One use of a code by one booking: the ledger behind `discount_code.used`. */
export const discountUse = pgTable(
  "discount_use",
  {
    id: id(),
    discountCodeId: uuid("discount_code_id")
      .notNull()
      .references(() => discountCode.id, { onDelete: "restrict" }),
    bookingId: uuid("booking_id")
      .notNull()
      .references(() => booking.id, { onDelete: "restrict" }),
    state: allocationState("state").notNull().default("active"),
    createdAt: createdAt(),
    endedAt: instantOrNever("ended_at"),
  },
  (table) => [
    check("discount_use_ended", sql`(${table.state} = 'active') = (${table.endedAt} IS NULL)`),
    uniqueIndex("discount_use_booking_active_key")
      .on(table.bookingId)
      .where(sql`state = 'active'`),
    index("discount_use_booking_idx").on(table.bookingId),
    index("discount_use_code_idx").on(table.discountCodeId),
  ],
);
