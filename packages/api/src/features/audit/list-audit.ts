import type { AuditEntry, AuditListInput, AuditListOutput } from "@lectern/contract/audit";
import type { Database } from "@lectern/database/queryable";
import { auditEntry, auditSeal } from "@lectern/database/schema/operations";
import { and, desc, eq, getTableColumns, gte, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { type SubjectNames, nameSubjects } from "./name-subjects.ts";

const CursorKey = z.tuple([z.int().min(1)]);

/**
 * The audit log for staff, what was written last first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listAudit(
  db: Database,
  call: Call,
  input: z.infer<typeof AuditListInput>,
): Promise<z.infer<typeof AuditListOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = and(
    given(input.entity, (entity) => eq(auditEntry.entity, entity)),
    given(input.entityId, (id) => eq(auditEntry.entityId, id)),
    given(input.actorKind, (kind) => eq(auditEntry.actorKind, kind)),
    given(input.actorId, (id) => eq(auditEntry.actorId, id)),
    given(input.action, (begin) => sql`starts_with(${auditEntry.action}, ${begin})`),
    given(input.from, (from) => gte(auditEntry.at, new Date(from))),
    given(input.to, (to) => lt(auditEntry.at, new Date(to))),
  );
  const isAfter = after === undefined ? undefined : lt(auditEntry.id, after[0]);

  const [rows, total] = await Promise.all([
    db
      .select({ ...getTableColumns(auditEntry), sealedAs: auditSeal.position })
      .from(auditEntry)
      .leftJoin(auditSeal, eq(auditSeal.entryId, auditEntry.id))
      .where(and(isWanted, isAfter))
      // Entries get their ids in the order of time, and an entity's are indexed by them.
      .orderBy(desc(auditEntry.id))
      .limit(input.limit + 1),
    db.$count(auditEntry, isWanted),
  ]);
  const found = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? found.at(-1) : undefined;
  const names = await nameSubjects(db, call, found);
  return {
    items: found.map((row) => toAuditEntry(row, names)),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
    total,
  };
}

function given<Value, Condition>(
  value: Value | null | undefined,
  condition: (value: Value) => Condition,
): Condition | undefined {
  return value === null || value === undefined ? undefined : condition(value);
}

type Row = typeof auditEntry.$inferSelect & { sealedAs: number | null };

function toAuditEntry({ actorKind, actorId, at, ...entry }: Row, names: SubjectNames): AuditEntry {
  return {
    ...entry,
    named: names.nameOf(entry.entity, entry.entityId),
    at: at.toISOString(),
    actor: {
      kind: actorKind,
      id: actorId,
      name: actorKind === "person" && actorId !== null ? names.nameOf("person", actorId) : null,
    },
  };
}
