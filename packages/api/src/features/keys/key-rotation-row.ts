import type { KeyRotation } from "@lectern/contract/keys";
import type { Queryable } from "@lectern/database/queryable";
import { keyRotation } from "@lectern/database/schema/privacy";
import { desc, eq } from "drizzle-orm";

export type KeyRotationRow = typeof keyRotation.$inferSelect;

/** @returns the rotation as the contract describes it */
export function toKeyRotation(row: KeyRotationRow): KeyRotation {
  return {
    id: row.id,
    keyId: row.dataKeyId,
    startedAt: row.createdAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
    rewritten: row.rewritten,
    unreadable: row.unreadable,
  };
}

/** @returns the rotation that began last */
export async function findLatestRotation(db: Queryable): Promise<KeyRotationRow | undefined> {
  const [found] = await db
    .select()
    .from(keyRotation)
    .orderBy(desc(keyRotation.createdAt), desc(keyRotation.id))
    .limit(1);
  return found;
}

/** @returns the rotation that is under way */
export async function findOpenRotation(db: Queryable): Promise<KeyRotationRow | undefined> {
  const [found] = await db.select().from(keyRotation).where(eq(keyRotation.isDone, false));
  return found;
}
