import type { Queryable } from "@lectern/database/queryable";
import { auditEntry } from "@lectern/database/schema/operations";
import { type SQL, desc, sql } from "drizzle-orm";
import type { ExportedRow } from "../personal-table.ts";
import type { Subject } from "../subject.ts";
import { tokensOf } from "../whose.ts";

/** So many of the newest entries: somebody who works for the academy has written very many. */
const MOST = 20_000;

/** Of an entry: they did it, or a program of theirs. */
function isByThem(subject: Subject): SQL {
  const ids = sql.param([...subject.personIds]);
  return sql`(
    (${auditEntry.actorKind} = 'person' AND ${auditEntry.actorId} = ANY(${ids}::text[]))
    OR (${auditEntry.actorKind} = 'token' AND ${auditEntry.actorId} = ANY(ARRAY${tokensOf(subject)}))
  )`;
}

/** Of an entry: they did it, or it was done to their account. */
export function isActivityOf(subject: Subject): SQL {
  return sql`(
    ${isByThem(subject)}
    OR (${auditEntry.entity} = 'person' AND ${auditEntry.entityId} = ANY(${sql.param([...subject.personIds])}::uuid[]))
  )`;
}

/**
 * What the audit log has of somebody. From where staff worked, and who of them, is not theirs to know: of
 * what others did there is no address.
 */
export async function readActivity(
  db: Queryable,
  subject: Subject,
): Promise<readonly ExportedRow[]> {
  const isOwn = isByThem(subject);
  return db
    .select({
      at: auditEntry.at,
      actorKind: auditEntry.actorKind,
      action: auditEntry.action,
      entity: auditEntry.entity,
      entityId: auditEntry.entityId,
      before: auditEntry.before,
      after: auditEntry.after,
      address: sql<string | null>`CASE WHEN ${isOwn} THEN ${auditEntry.address} END`,
      client: sql<string | null>`CASE WHEN ${isOwn} THEN ${auditEntry.client} END`,
    })
    .from(auditEntry)
    .where(isActivityOf(subject))
    .orderBy(desc(auditEntry.at), desc(auditEntry.id))
    .limit(MOST);
}
