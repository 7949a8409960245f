import { creationOptions } from "@lectern/auth/factors/passkeys";
import { PASSKEYS_MAX, type PasskeyCreation } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { conflict } from "../../../../domain-error.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { listFactors } from "../list-factors.ts";
import { passkeysOf } from "../passkeys-of.ts";
import { relyingPartyOf } from "../relying-party.ts";
import { issueChallenge } from "../showing/challenges.ts";
import { requireShownFactor } from "./change-factors.ts";

/**
 * @returns what the browser is asked to make
 * @throws Conflict `wrong_state` for somebody with as many as they can have; SecondFactorRequired, RateLimited
 */
export async function beginPasskey(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
): Promise<PasskeyCreation> {
  const { id, name, email } = call.actor;
  requireShownFactor(call, await listFactors(db, id));
  const known = await passkeysOf(db, id);
  if (known.length >= PASSKEYS_MAX) throw tooManyPasskeys();
  const { challenge, proof } = await issueChallenge(db, call, { for: "creation", personId: id });
  const options = await creationOptions({
    party: relyingPartyOf(parts),
    challenge,
    person: { id, name, email },
    known,
  });
  return { proof, options };
}

export function tooManyPasskeys() {
  return conflict(
    "passkey",
    "wrong_state",
    `You have ${PASSKEYS_MAX} passkeys: remove one that you do not use first.`,
  );
}
