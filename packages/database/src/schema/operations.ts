import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, createdAt, id, instant, updatedAt, version } from "./columns.ts";
import { actorKind } from "./enums.ts";

/** Who did what: append-only, which the trigger of the migration `0002_rules` enforces. */
export const auditEntry = pgTable(
  "audit_entry",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant("at").default(sql`clock_timestamp()`),
    actorKind: actorKind("actor_kind").notNull(),
    actorId: text("actor_id"),
    /** What was done, as `<entity>.<verb>`, such as `booking.hold`. */
    action: text("action").notNull(),
    entity: text("entity").notNull(),
    entityId: uuid("entity_id").notNull(),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    requestId: text("request_id"),
    /** From where: the address of the caller, and what its program calls itself. */
    address: text("address"),
    client: text("client"),
  },
  (table) => [
    check("audit_entry_action_form", sql`${table.action} ~ '^[a-z_]+[.][a-z_]+$'`),
    index("audit_entry_entity_idx").on(table.entity, table.entityId, table.id),
    // What somebody did themselves, for who wants to see it. The many entries of the public have no part in it.
    index("audit_entry_actor_idx")
      .on(table.actorId)
      .where(sql`actor_kind IN ('person', 'token')`),
    // Entries come in the order of time: a few pages of summary do what an index of all of them would.
    index("audit_entry_at_idx").using("brin", table.at),
  ],
);

/**
 * The chain of hashes over the audit log: each link holds the hash of its entry and of the link before.
 * The worker adds links in an order of its own, so that whoever writes entries never waits for another.
 * Without a foreign key: an entry that was removed must show.
 */
export const auditSeal = pgTable(
  "audit_seal",
  {
    /** 1, 2, 3 … without a gap. */
    position: bigint("position", { mode: "number" }).primaryKey(),
    entryId: bigint("entry_id", { mode: "number" }).notNull().unique("audit_seal_entry_key"),
    hash: bytea("hash").notNull(),
    sealedAt: instant("sealed_at").default(sql`clock_timestamp()`),
  },
  (table) => [
    check("audit_seal_position", sql`${table.position} > 0`),
    index("audit_seal_sealed_idx").on(table.sealedAt),
  ],
);

/**
 * Jobs written by a statement that does everything by itself, such as a hold: the worker hands them to
 * the job queue when they are due. Everybody else puts jobs into the queue at once.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: id(),
    queue: text("queue").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    dueAt: instant("due_at"),
    createdAt: createdAt(),
  },
  (table) => [index("outbox_due_idx").on(table.dueAt)],
);

/**
 * The first answer to each keyed mutation, written in its transaction. `scope` is the procedure and
 * the actor, so that two callers can't meet in one key.
 */
export const idempotencyKey = pgTable(
  "idempotency_key",
  {
    scope: text("scope").notNull(),
    key: text("key").notNull(),
    requestHash: bytea("request_hash").notNull(),
    answer: jsonb("answer").$type<unknown>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.scope, table.key] }),
    index("idempotency_key_created_idx").using("brin", table.createdAt),
  ],
);

/** Facts about this academy as a whole, such as when the demo was loaded. */
export const academyFact = pgTable("academy_fact", {
  name: text("name").primaryKey(),
  value: jsonb("value").$type<unknown>().notNull(),
  version: version(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});
