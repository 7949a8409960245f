import type { Database, Queryable } from "@lectern/database/queryable";
import { dataKey, keyRotation } from "@lectern/database/schema/privacy";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, asc, eq, lt, notInArray, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { LONG_WORK, countValues } from "./count-values.ts";
import type { KeyRotationRow } from "./key-rotation-row.ts";

/**
 * Ends a rotation once everything has its key, but for what can't be decrypted: deletes the keys before
 * that nothing is encrypted with. Otherwise everything is to be looked at again.
 *
 * @returns whether the rotation is over
 */
export async function finishRotation(
  db: Database,
  call: Call,
  { id, dataKeyId: keyId, unreadable }: KeyRotationRow,
): Promise<boolean> {
  // Without locks at first: writers wait for the transaction below.
  const { values } = await findLeftovers(db, keyId);
  if (values > unreadable) return startAgain(db, id);
  return transaction(db, { ...LONG_WORK, idempotent: true }, async (tx) => {
    const [open] = await tx
      .select()
      .from(keyRotation)
      .where(and(eq(keyRotation.id, id), eq(keyRotation.isDone, false)))
      .for("update");
    if (open === undefined) return true;
    // Waits for transactions that have written with one of these keys, and makes later ones wait.
    await tx
      .select({ id: dataKey.id })
      .from(dataKey)
      .where(lt(dataKey.id, keyId))
      .orderBy(asc(dataKey.id))
      .for("update");
    const left = await findLeftovers(tx, keyId);
    if (left.values > open.unreadable) return startAgain(tx, id);
    await finish(tx, call, { open, stillUsed: left.keyIds });
    return true;
  });
}

/** What has another key than this one, or none. */
async function findLeftovers(
  db: Queryable,
  keyId: number,
): Promise<{ values: number; keyIds: readonly number[] }> {
  const { byKey, plain, malformed } = await countValues(db);
  const others = [...byKey].filter(([id]) => id !== keyId);
  return {
    values: others.reduce((sum, [, values]) => sum + values, plain + malformed),
    keyIds: others.map(([id]) => id),
  };
}

async function startAgain(db: Queryable, id: string): Promise<boolean> {
  const again = await db
    .update(keyRotation)
    .set({ progress: {}, unreadable: 0 })
    .where(and(eq(keyRotation.id, id), eq(keyRotation.isDone, false)))
    .returning({ id: keyRotation.id });
  return again.length === 0;
}

async function finish(
  tx: Transaction,
  call: Call,
  { open, stillUsed }: { open: KeyRotationRow; stillUsed: readonly number[] },
): Promise<void> {
  const { id, dataKeyId: keyId, rewritten, unreadable } = open;
  const deleted = await tx
    .delete(dataKey)
    .where(and(lt(dataKey.id, keyId), notInArray(dataKey.id, [...stillUsed])))
    .returning({ id: dataKey.id });
  await tx
    .update(keyRotation)
    .set({ isDone: true, doneAt: sql`clock_timestamp()`, progress: {} })
    .where(eq(keyRotation.id, id));
  await recordAudit(tx, call, {
    action: "key_rotation.finish",
    entity: "key_rotation",
    entityId: id,
    before: { isDone: false },
    after: {
      isDone: true,
      keyId,
      rewritten,
      unreadable,
      deletedKeys: deleted.map((key) => key.id),
    },
  });
}
