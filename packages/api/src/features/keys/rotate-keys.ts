import { ACTIVE_FOR_MS } from "@lectern/auth/encryption/keyring";
import { KeyRotation, type KeysRotateInput } from "@lectern/contract/keys";
import type { Database } from "@lectern/database/queryable";
import { dataKey, keyRotation } from "@lectern/database/schema/privacy";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { enqueue } from "@lectern/jobs/queue";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { findLatestRotation, toKeyRotation } from "./key-rotation-row.ts";
import { rotateKeysQueue } from "./rotate-queue.ts";

/**
 * Makes a new key, with which everything is encrypted from now on, and has a job go through what is there:
 * see `continueRotation`. While one rotation goes on there is no other: who asks again is told of that one.
 *
 * @throws IdempotencyMismatch
 */
export async function rotateKeys(
  db: Database,
  call: Call,
  input: z.infer<typeof KeysRotateInput>,
): Promise<KeyRotation> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "keys.rotate", input, KeyRotation, async () => {
      const started = (await start(tx, call)) ?? (await findLatestRotation(tx));
      if (started === undefined) throw new Error("The rotation that goes on is not there");
      return toKeyRotation(started);
    }),
  );
}

/** @returns `undefined` where a rotation goes on already */
async function start(tx: Transaction, call: Call) {
  const id = uuidv7();
  const keyId = await call.fields.addKey(tx);
  const [started] = await tx
    .insert(keyRotation)
    .values({ id, dataKeyId: keyId })
    .onConflictDoNothing()
    .returning();
  if (started === undefined) {
    // Nobody has seen it yet.
    await tx.delete(dataKey).where(eq(dataKey.id, keyId));
    return undefined;
  }
  await recordAudit(tx, call, {
    action: "key_rotation.start",
    entity: "key_rotation",
    entityId: id,
    before: null,
    after: { keyId },
  });
  await enqueue(tx, rotateKeysQueue, {}, { startAfter: new Date(Date.now() + ACTIVE_FOR_MS) });
  return started;
}
