import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, createdAt, instant } from "./columns.ts";
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
  },
  (table) => [
    check("audit_entry_action_form", sql`${table.action} ~ '^[a-z_]+[.][a-z_]+$'`),
    index("audit_entry_entity_idx").on(table.entity, table.entityId, table.id),
    index("audit_entry_at_idx").on(table.at),
  ],
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
    index("idempotency_key_created_idx").on(table.createdAt),
  ],
);

/** Facts about this academy as a whole, such as when the demo was loaded. */
export const academyFact = pgTable("academy_fact", {
  name: text("name").primaryKey(),
  value: jsonb("value").$type<unknown>().notNull(),
  createdAt: createdAt(),
});
