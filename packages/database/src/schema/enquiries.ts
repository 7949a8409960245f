import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { course } from "./catalogue.ts";
import { createdAt, encrypted, id, updatedAt, version } from "./columns.ts";
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
    index("enquiry_course_idx").on(table.courseId),
    index("enquiry_newest_idx").on(table.createdAt, table.id),
    index("enquiry_status_idx").on(table.status, table.createdAt, table.id),
  ],
);
