import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { course } from "./catalogue.ts";
import { createdAt, encrypted, id, instantOrNever, updatedAt, version } from "./columns.ts";
import { enquiryKind, enquiryStatus } from "./enums.ts";

/** Questions from the site. */
export const enquiry = pgTable(
  "enquiry",
  {
    id: id(),
    kind: enquiryKind("kind").notNull(),
    status: enquiryStatus("status").notNull().default("new"),
    name: text("name").notNull(),
    email: text("email").notNull(),
    company: text("company"),
    phone: encrypted("phone"),
    courseId: uuid("course_id").references(() => course.id, { onDelete: "set null" }),
    participants: integer("participants"),
    message: text("message").notNull(),
    /** What staff wrote down as it moved on: here, and not in the audit log, which forgets nothing. */
    note: text("note"),
    language: text("language").notNull().default("en"),
    /** When it was first taken up, and first had a quote: kept by a trigger, as its state alone does not tell. */
    answeredAt: instantOrNever("answered_at"),
    quotedAt: instantOrNever("quoted_at"),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("enquiry_message_present", sql`btrim(${table.message}) <> ''`),
    check(
      "enquiry_participants_positive",
      sql`${table.participants} IS NULL OR ${table.participants} > 0`,
    ),
    index("enquiry_course_idx").on(table.courseId, table.createdAt, table.id),
    index("enquiry_newest_idx").on(table.createdAt, table.id),
    index("enquiry_status_idx").on(table.status, table.createdAt, table.id),
    /** Parts of what whoever asks is called, for staff who look for them. */
    index("enquiry_sender_part_idx").using(
      "gin",
      sql`lower(${table.name}) gin_trgm_ops`,
      sql`lower(${table.email}) gin_trgm_ops`,
      sql`lower(${table.company}) gin_trgm_ops`,
    ),
  ],
);
