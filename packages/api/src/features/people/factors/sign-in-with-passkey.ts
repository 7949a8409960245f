import type { SignInAnswer } from "@lectern/contract/accounts";
import type { PasskeyRequest, PasskeySignInInput } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { type SignInParts, actingAs, completeSignIn } from "../accounts/complete-sign-in.ts";
import { checkFactor } from "./showing/check-factor.ts";
import { requestPasskey } from "./showing/request-passkey.ts";
import { factorRefused } from "./showing/right-factor.ts";

const CEREMONY = { for: "sign_in" } as const;

/** @returns what the browser is asked for. @throws RateLimited */
export async function passkeySignInOptions(
  db: Database,
  call: Call,
  parts: SignInParts,
): Promise<PasskeyRequest> {
  return requestPasskey(db, call, parts, CEREMONY);
}

/**
 * Signs somebody in by a passkey alone. The authenticator has made sure that it is its owner: that they
 * have it, and that it is them, are two factors.
 *
 * @throws SignInFailed, RateLimited
 */
export async function signInWithPasskey(
  db: Database,
  call: Call,
  parts: SignInParts,
  { proof, assertion }: z.infer<typeof PasskeySignInInput>,
): Promise<SignInAnswer> {
  const right = await checkFactor(db, call, parts, {
    kind: "passkey",
    ceremony: CEREMONY,
    proof,
    assertion,
  });
  if (right === undefined) throw factorRefused();
  const { personId, kind } = right;
  await transaction(db, {}, async (tx) => {
    if (!(await right.take(tx))) throw factorRefused();
    await recordAudit(tx, actingAs(call, personId), {
      action: "person.show_factor",
      entity: "person",
      entityId: personId,
      before: null,
      after: { kind },
    });
  });
  await completeSignIn(db, call, parts, { personId, method: "passkey", hasSecondFactor: true });
  return { state: "signed_in" };
}
