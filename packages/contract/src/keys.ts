import { z } from "zod";
import { Id, IdempotencyKey, Instant } from "./primitives.ts";

/** The keys that personal fields are encrypted with, and going over from one to the next. */

const KeyId = z.int().min(1);
const Count = z.int().min(0);

/** The work of encrypting everything anew. */
export const KeyRotation = z.object({
  id: Id,
  /** The key that everything is encrypted with in the end. */
  keyId: KeyId,
  startedAt: Instant,
  /** `null` while it goes on. */
  doneAt: Instant.nullable(),
  /** Values that were encrypted with the new key so far. */
  rewritten: Count,
  /** Values that could not be decrypted, as of the last look at all: they are left as they are. */
  unreadable: Count,
});
export type KeyRotation = z.infer<typeof KeyRotation>;

export const KeysRotateInput = z.object({ idempotencyKey: IdempotencyKey });

/** Names a rotation. */
export const KeyRotationInput = z.object({ id: Id });

export const KeysStatus = z.object({
  /** Oldest first; the last is the one that is encrypted with now. */
  keys: z
    .array(
      z.object({
        id: KeyId,
        createdAt: Instant,
        isActive: z.boolean(),
        /** That are encrypted with it. */
        values: Count,
      }),
    )
    .max(1000),
  /** Values that an earlier release did not encrypt: the next rotation does. */
  plain: Count,
  /** Values that can't be decrypted, as their key is gone, or they do not have the form. */
  lost: Count,
  /** The latest. */
  rotation: KeyRotation.nullable(),
});
export type KeysStatus = z.infer<typeof KeysStatus>;
