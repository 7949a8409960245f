import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, createdAt, id, instant, instantOrNever } from "./columns.ts";
import { consentPurpose, privacyRequestKind, privacyRequestState } from "./enums.ts";
import { person } from "./people.ts";

/** What the academy owes to those whose data it keeps. */

/** That somebody agreed to something, and took it back. A new version of a text is agreed to anew. */
export const consent = pgTable(
  "consent",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
    purpose: consentPurpose("purpose").notNull(),
    /** Of the text that was agreed to, such as `2027-01`. */
    textVersion: text("text_version").notNull(),
    givenAt: instant("given_at").default(sql`clock_timestamp()`),
    withdrawnAt: instantOrNever("withdrawn_at"),
    /** Where from, as proof. */
    address: text("address"),
    client: text("client"),
  },
  (table) => [
    index("consent_person_idx").on(table.personId, table.purpose),
    uniqueIndex("consent_open_key")
      .on(table.personId, table.purpose)
      .where(sql`withdrawn_at IS NULL`),
  ],
);

/** That somebody asked for a copy of their data, or for its erasure, and what became of it. */
export const privacyRequest = pgTable(
  "privacy_request",
  {
    id: id(),
    kind: privacyRequestKind("kind").notNull(),
    state: privacyRequestState("state").notNull().default("waiting"),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "restrict" }),
    /** Nothing is erased before: it can be withdrawn until then. */
    dueAt: instant("due_at").default(sql`clock_timestamp()`),
    doneAt: instantOrNever("done_at"),
    /** Of an export: the archive, encrypted, until it is deleted. */
    archive: bytea("archive"),
    /** When the archive is deleted. */
    archiveUntil: instantOrNever("archive_until"),
    /** What was done, in numbers; nothing personal. */
    report: jsonb("report").$type<Record<string, number>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [
    check(
      "privacy_request_archive",
      sql`${table.archive} IS NULL OR (${table.kind} = 'export' AND ${table.archiveUntil} IS NOT NULL)`,
    ),
    /** One at a time. */
    uniqueIndex("privacy_request_waiting_key")
      .on(table.personId, table.kind)
      .where(sql`state = 'waiting'`),
    index("privacy_request_person_idx").on(table.personId),
    index("privacy_request_newest_idx").on(table.createdAt, table.id),
    index("privacy_request_due_idx")
      .on(table.dueAt)
      .where(sql`state = 'waiting'`),
  ],
);

/**
 * The keys that personal fields are encrypted with, each encrypted itself with the academy's secret,
 * which no database holds. The newest that is active encrypts; all that are there decrypt.
 */
export const dataKey = pgTable("data_key", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  /** AES-256-GCM under a key derived from the academy's secret: nonce, ciphertext, tag. */
  wrapped: bytea("wrapped").notNull(),
  createdAt: createdAt(),
});

/** The work of going over from one key to the next: where it stands, so that it can be gone on with. */
export const keyRotation = pgTable(
  "key_rotation",
  {
    id: id(),
    /** The key that everything is encrypted with in the end; it may have been replaced and be gone since. */
    dataKeyId: integer("data_key_id").notNull(),
    /** Of each `table.column`: the last row that was looked at, `null` where all were. */
    progress: jsonb("progress").$type<Record<string, string | null>>().notNull().default({}),
    rewritten: bigint("rewritten", { mode: "number" }).notNull().default(0),
    /** Values that could not be decrypted, as of the last look at all: they are left as they are. */
    unreadable: bigint("unreadable", { mode: "number" }).notNull().default(0),
    isDone: boolean("is_done").notNull().default(false),
    createdAt: createdAt(),
    doneAt: instantOrNever("done_at"),
  },
  (table) => [
    check("key_rotation_done", sql`${table.isDone} = (${table.doneAt} IS NOT NULL)`),
    /** One at a time. */
    uniqueIndex("key_rotation_open_key")
      .on(table.isDone)
      .where(sql`NOT is_done`),
  ],
);
