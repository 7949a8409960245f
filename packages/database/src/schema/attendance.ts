import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { registration } from "./bookings.ts";
import { createdAt, id, instant, version } from "./columns.ts";
import { attendanceMark } from "./enums.ts";
import { person } from "./people.ts";
import { courseRun, session } from "./scheduling.ts";

/**
 * Who was there: a mark for a registration and a session of the same run, which a trigger of the migration
 * `attendance_rules` sees to. A mark that was taken back leaves its row, so that its version goes on.
 */
export const attendance = pgTable(
  "attendance",
  {
    sessionId: uuid("session_id")
      .notNull()
      .references(() => session.id, { onDelete: "cascade" }),
    registrationId: uuid("registration_id")
      .notNull()
      .references(() => registration.id, { onDelete: "restrict" }),
    /** NULL: taken back. */
    mark: attendanceMark("mark"),
    /** How long they were there; NULL where nobody said. */
    minutes: integer("minutes"),
    /** NULL for a program. */
    markedBy: uuid("marked_by").references(() => person.id, { onDelete: "restrict" }),
    markedAt: instant("marked_at"),
    version: version(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.registrationId] }),
    check(
      "attendance_minutes",
      sql`${table.minutes} IS NULL OR (${table.minutes} BETWEEN 0 AND 1440 AND ${table.mark} IN ('present', 'partial'))`,
    ),
    index("attendance_registration_idx").on(table.registrationId),
    index("attendance_marker_idx")
      .on(table.markedBy)
      .where(sql`marked_by IS NOT NULL`),
  ],
);

/** What staff wrote to those who come to a run. The mails that it became name it as what they are about. */
export const runMessage = pgTable(
  "run_message",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => courseRun.id, { onDelete: "cascade" }),
    subject: text("subject").notNull(),
    /** Markdown. */
    body: text("body").notNull(),
    /** Those who were chosen; NULL: everybody who came at that moment. */
    registrationIds: uuid("registration_ids").array(),
    /** How many addresses it went to. */
    recipients: integer("recipients").notNull(),
    /** NULL for a program. */
    sentBy: uuid("sent_by").references(() => person.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
  },
  (table) => [
    check("run_message_recipients", sql`${table.recipients} > 0`),
    index("run_message_run_idx").on(table.runId, table.createdAt, table.id),
    index("run_message_sender_idx")
      .on(table.sentBy)
      .where(sql`sent_by IS NOT NULL`),
    index("run_message_created_idx").on(table.createdAt),
  ],
);
