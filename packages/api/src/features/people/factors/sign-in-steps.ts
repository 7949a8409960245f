import type { SignInAnswer } from "@lectern/contract/accounts";
import type {
  PasskeyRequest,
  PasskeyStepInput,
  PasskeyStepOptionsInput,
  RecoveryCodeStepInput,
  TotpStepInput,
} from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import type { SignInParts } from "../accounts/complete-sign-in.ts";
import { requestPasskey } from "./showing/request-passkey.ts";
import { type Step, findStep, signInWithStep } from "./showing/step.ts";

/** The second step of signing in, by each kind of factor. All throw as `signInWithStep` does. */

export async function signInWithTotp(
  db: Database,
  call: Call,
  parts: SignInParts,
  { step, code }: z.infer<typeof TotpStepInput>,
): Promise<SignInAnswer> {
  return signInWithStep(db, call, parts, step, ({ personId }) => ({
    kind: "totp",
    personId,
    code,
  }));
}

export async function signInWithRecoveryCode(
  db: Database,
  call: Call,
  parts: SignInParts,
  { step, code }: z.infer<typeof RecoveryCodeStepInput>,
): Promise<SignInAnswer> {
  return signInWithStep(db, call, parts, step, ({ personId }) => ({
    kind: "recovery_code",
    personId,
    code,
  }));
}

export async function signInWithPasskeyStep(
  db: Database,
  call: Call,
  parts: SignInParts,
  { step, proof, assertion }: z.infer<typeof PasskeyStepInput>,
): Promise<SignInAnswer> {
  return signInWithStep(db, call, parts, step, (found) => ({
    kind: "passkey",
    ceremony: ceremonyOf(found),
    proof,
    assertion,
  }));
}

/**
 * @returns what the browser is asked for
 * @throws LinkNotUsable; Conflict `wrong_state` for somebody without passkeys; RateLimited
 */
export async function passkeyStepOptions(
  db: Database,
  call: Call,
  parts: SignInParts,
  { step }: z.infer<typeof PasskeyStepOptionsInput>,
): Promise<PasskeyRequest> {
  return requestPasskey(db, call, parts, ceremonyOf(await findStep(db, call, step)));
}

function ceremonyOf({ id, personId }: Step) {
  return { for: "step", personId, stepId: id } as const;
}
