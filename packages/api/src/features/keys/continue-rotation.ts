import { setTimeout as sleep } from "node:timers/promises";
import {
  FieldUnreadable,
  decryptIfEncrypted,
  keyIdOf,
} from "@lectern/auth/encryption/field-cipher";
import { ACTIVE_FOR_MS } from "@lectern/auth/encryption/keyring";
import { int8 } from "@lectern/database/codecs";
import type { Database } from "@lectern/database/queryable";
import { keyRotation } from "@lectern/database/schema/privacy";
import { transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { type EncryptedStore, type Replacement, encryptedStores } from "./encrypted-stores.ts";
import { finishRotation } from "./finish-rotation.ts";
import { type KeyRotationRow, findOpenRotation } from "./key-rotation-row.ts";

export interface RotationOptions {
  readonly signal: AbortSignal;
  /** How old a rotation has to be: nobody encrypts with the key before any more. */
  readonly minAgeMs?: number;
  /** Rows at a time. */
  readonly stretch?: number;
  /** Before everything is looked at again, for what was locked or has been written since. */
  readonly pauseMs?: number;
}

/**
 * Goes on with the rotation that is under way, if there is one: encrypts everything with its key, and
 * deletes the keys before. Each stretch of rows is a transaction that keeps where it ended, so that
 * another call goes on from there when this one is cut off; two at a time do no harm.
 *
 * Whoever reads or writes meanwhile is not held up: values are replaced where they are what they were. All
 * are looked at again until every one has the new key, but for those that can't be decrypted.
 *
 * @throws the signal's reason, once the stretch under way is done
 */
export async function continueRotation(
  db: Database,
  call: Call,
  options: RotationOptions,
): Promise<void> {
  const { signal, minAgeMs = ACTIVE_FOR_MS, stretch = 1000, pauseMs = 1000 } = options;
  const begun = await findAgeOfOpen(db);
  if (begun === undefined) return;
  if (begun.age < minAgeMs) await sleep(minAgeMs - begun.age, undefined, { signal });
  while (!(await isActive(call, begun.keyId))) await sleep(pauseMs, undefined, { signal });
  for (;;) {
    signal.throwIfAborted();
    const rotation = await findOpenRotation(db);
    if (rotation === undefined) return;
    const store = encryptedStores.find(({ name }) => rotation.progress[name] !== null);
    if (store !== undefined) await rewriteStretch(db, call, { rotation, store, stretch });
    else if (!(await finishRotation(db, call, rotation))) {
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

/** In milliseconds, by the database's clock. */
async function findAgeOfOpen(db: Database): Promise<{ keyId: number; age: number } | undefined> {
  const [open] = await db
    .select({
      keyId: keyRotation.dataKeyId,
      age: sql`(extract(epoch FROM clock_timestamp() - created_at) * 1000)::bigint`.mapWith(int8),
    })
    .from(keyRotation)
    .where(eq(keyRotation.isDone, false));
  return open;
}

/** Whether this worker has heard of the key. */
async function isActive({ fields }: Call, keyId: number): Promise<boolean> {
  const place = { table: "data_key", column: "wrapped", id: String(keyId) };
  return keyIdOf(await fields.encrypt(place, "")) === keyId;
}

async function rewriteStretch(
  db: Database,
  call: Call,
  work: { rotation: KeyRotationRow; store: EncryptedStore; stretch: number },
): Promise<void> {
  const { rotation, store, stretch } = work;
  const { id, dataKeyId: keyId, progress } = rotation;
  const after = progress[store.name] ?? undefined;
  const found = await store.read(db, { after, limit: stretch, keyId });
  const values: Replacement[] = [];
  let unreadable = 0;
  for (const { rowId, stored } of found) {
    if (stored === null) continue;
    const becomes = await encryptAnew(call, store, { rowId, stored, keyId });
    if (becomes === undefined) unreadable += 1;
    else values.push({ rowId, was: stored, becomes });
  }
  const last = found.length < stretch ? null : (found.at(-1)?.rowId ?? null);
  const before = sql`${keyRotation.progress} ->> ${store.name}`;
  await transaction(db, { idempotent: true }, async (tx) => {
    // Whoever comes first with this stretch goes on; the other has read it in vain.
    const [isFirst] = await tx
      .update(keyRotation)
      .set({
        progress: { ...progress, [store.name]: last },
        unreadable: sql`${keyRotation.unreadable} + ${unreadable}::bigint`,
      })
      .where(
        and(
          eq(keyRotation.id, id),
          eq(keyRotation.isDone, false),
          sql`${before} IS NOT DISTINCT FROM ${after ?? null}::text`,
        ),
      )
      .returning({ id: keyRotation.id });
    if (isFirst === undefined) return;
    const replaced = await store.replace(tx, values);
    await tx
      .update(keyRotation)
      .set({ rewritten: sql`${keyRotation.rewritten} + ${replaced}::bigint` })
      .where(eq(keyRotation.id, id));
  });
}

/** @returns `undefined` for what can't be decrypted */
async function encryptAnew(
  { fields }: Call,
  store: EncryptedStore,
  { rowId, stored, keyId }: { rowId: string; stored: string; keyId: number },
): Promise<string | undefined> {
  const place = store.placeOf(rowId);
  try {
    const text = await decryptIfEncrypted(fields, place, stored);
    const becomes = await fields.encrypt(place, text ?? "");
    if (keyIdOf(becomes) !== keyId) throw new Error(`The key ${keyId} is not the active one`);
    return becomes;
  } catch (error) {
    if (error instanceof FieldUnreadable) return undefined;
    throw error;
  }
}
