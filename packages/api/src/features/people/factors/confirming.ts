import type { Done } from "@lectern/contract/accounts";
import type {
  PasskeyConfirmInput,
  PasskeyRequest,
  TotpConfirmInput,
} from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { SignInParts } from "../accounts/complete-sign-in.ts";
import { confirmSession } from "../accounts/confirm-session.ts";
import type { PersonCall } from "../accounts/person-call.ts";
import { type ShownFactor, checkFactor } from "./showing/check-factor.ts";
import { requestPasskey } from "./showing/request-passkey.ts";
import { factorRefused } from "./showing/right-factor.ts";

/**
 * Showing again who one is. The session counts as one that has shown a second factor from then on, and gets
 * another token. All throw SignInFailed `wrong`, RateLimited, Unauthenticated.
 */

export async function confirmWithTotp(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
  { code }: z.infer<typeof TotpConfirmInput>,
): Promise<Done> {
  return confirmWith(db, call, parts, { kind: "totp", personId: call.actor.id, code });
}

export async function confirmWithPasskey(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
  { proof, assertion }: z.infer<typeof PasskeyConfirmInput>,
): Promise<Done> {
  const ceremony = ceremonyOf(call);
  return confirmWith(db, call, parts, { kind: "passkey", ceremony, proof, assertion });
}

/**
 * @returns what the browser is asked for
 * @throws Conflict `wrong_state` for somebody without passkeys; RateLimited
 */
export async function confirmOptions(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
): Promise<PasskeyRequest> {
  return requestPasskey(db, call, parts, ceremonyOf(call));
}

function ceremonyOf({ actor }: PersonCall) {
  return { for: "confirm", personId: actor.id, sessionId: actor.session.id } as const;
}

async function confirmWith(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
  shown: ShownFactor,
): Promise<Done> {
  const right = await checkFactor(db, call, parts, shown);
  if (right === undefined) throw factorRefused();
  await confirmSession(db, call, parts, {
    hasSecondFactor: true,
    factor: right.kind,
    alongside: async (tx) => {
      if (!(await right.take(tx))) throw factorRefused();
    },
  });
  return { done: true };
}
