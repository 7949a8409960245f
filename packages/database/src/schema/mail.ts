import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instantOrNever } from "./columns.ts";
import { mailKind, mailState } from "./enums.ts";

/**
 * Mails as they were written, and what became of them. The id is made of the job that wrote it, so that
 * a job that runs again writes nothing twice; the Message-ID is made of it, so that a mail that is sent
 * again is the same one.
 */
export const mailMessage = pgTable(
  "mail_message",
  {
    id: id(),
    kind: mailKind("kind").notNull(),
    state: mailState("state").notNull().default("queued"),
    messageId: text("message_id").notNull().unique("mail_message_message_id_key"),
    recipientName: text("recipient_name").notNull(),
    recipientEmail: text("recipient_email").notNull(),
    language: text("language").notNull().default("en"),
    subject: text("subject").notNull(),
    html: text("html").notNull(),
    text: text("text").notNull(),
    /** An iCalendar object (RFC 5545) to go along, and its METHOD (RFC 5546). */
    calendar: text("calendar"),
    calendarMethod: text("calendar_method"),
    /** What it is about: a booking, registration, waitlist entry or run. */
    aboutId: uuid("about_id").notNull(),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    createdAt: createdAt(),
    sentAt: instantOrNever("sent_at"),
  },
  (table) => [
    check("mail_message_sent", sql`(${table.state} = 'sent') = (${table.sentAt} IS NOT NULL)`),
    check(
      "mail_message_calendar_whole",
      sql`(${table.calendar} IS NULL) = (${table.calendarMethod} IS NULL)`,
    ),
    index("mail_message_newest_idx").on(table.createdAt, table.id),
    index("mail_message_about_idx").on(table.aboutId),
    /** All that somebody was sent, for who wants to see it, or to have it forgotten. */
    index("mail_message_recipient_idx").on(sql`lower(${table.recipientEmail})`),
  ],
);
