import { sql } from "drizzle-orm";
import { type PgColumn, customType, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Column helpers, so that a rule about a kind of column stands in one place. */

/** UUIDv7 primary key, made by the application. */
export function id() {
  return uuid("id").primaryKey();
}

/** A point in time: `timestamptz NOT NULL`, answered as an ISO 8601 string in UTC. */
export function instant(name: string) {
  return timestamp(name, { withTimezone: true, mode: "date", precision: 3 }).notNull();
}

/** A point in time that may not have come: NULL means "not yet" or "never". */
export function instantOrNever(name: string) {
  return timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
}

/** A wall-clock time, whose zone is kept beside it: `timestamp` without a zone, as a string. */
export function wallClock(name: string) {
  return timestamp(name, { withTimezone: false, mode: "string", precision: 0 }).notNull();
}

export function createdAt() {
  return instant("created_at").default(sql`clock_timestamp()`);
}

export function updatedAt() {
  return instant("updated_at").default(sql`clock_timestamp()`);
}

/** Counts changes, for "changed meanwhile" answers. */
export function version() {
  return integer("version").notNull().default(1);
}

/** ISO 4217 code. */
export function currency(name: string) {
  return text(name);
}

/** Full-text document. Never read by the application, only searched. */
export const tsvector = customType<{ data: string }>({
  dataType() {
    return "tsvector";
  },
});

export const bytea = customType<{ data: Uint8Array }>({
  dataType() {
    return "bytea";
  },
});

/** `text` of a kind of its own, so that the columns can be told from others. */
const encryptedText = customType<{ data: string }>({
  dataType() {
    return "text";
  },
});

/**
 * Personal text that nobody searches by: encrypted by the application, with the id of its key in the
 * value (`@lectern/auth/encryption`). NULL where there is none. Such a column needs a trigger that keeps
 * the key as long as the value: see the migration `0016_data_keys`.
 */
export function encrypted(name: string) {
  return encryptedText(name);
}

/** @returns whether the column was made by `encrypted` */
export function isEncrypted(column: PgColumn): boolean {
  return column.columnType === "PgCustomColumn" && column.getSQLType() === "text";
}

/** A transaction, as PostgreSQL counts them: never used twice, so that it can be told from a snapshot whether it was seen. */
export const transactionId = customType<{ data: string }>({
  dataType() {
    return "xid8";
  },
});
