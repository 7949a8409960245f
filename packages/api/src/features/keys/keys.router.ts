import { KeyRotation, KeyRotationInput, KeysRotateInput, KeysStatus } from "@lectern/contract/keys";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, staffProcedure } from "../../trpc/procedures.ts";
import { findKeyRotation } from "./find-key-rotation.ts";
import { readKeysStatus } from "./read-keys-status.ts";
import { rotateKeys } from "./rotate-keys.ts";

export const keysRouter = router({
  /** Makes a new key, and has everything encrypted with it. */
  rotate: staffProcedure("keys.rotate", { needsConfirmation: true })
    .errors(mayFail("IdempotencyMismatch"))
    .input(KeysRotateInput)
    .output(KeyRotation)
    .mutation((opts) => rotateKeys(opts.ctx.db, callOf(opts), opts.input)),

  /** How far a rotation has got. */
  rotation: staffProcedure("keys.rotate")
    .errors(mayFail("NotFound"))
    .input(KeyRotationInput)
    .output(KeyRotation)
    .query((opts) => findKeyRotation(opts.ctx.db, callOf(opts), opts.input)),

  /** The keys that there are, and how much is encrypted with each. */
  status: staffProcedure("keys.rotate")
    .output(KeysStatus)
    .query((opts) => readKeysStatus(opts.ctx.db, callOf(opts))),
});
