import { requestOptions } from "@lectern/auth/factors/passkeys";
import type { PasskeyRequest } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import type { Call } from "../../../../call.ts";
import { conflict } from "../../../../domain-error.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import { passkeysOf } from "../passkeys-of.ts";
import { relyingPartyOf } from "../relying-party.ts";
import { type Ceremony, issueChallenge } from "./challenges.ts";

/** Those in which a passkey is shown. */
export type ShowingCeremony = Exclude<Ceremony, { for: "creation" }>;

/**
 * Whether the authenticator has to make sure that it is its owner. Where something else was shown already,
 * that somebody has it is enough.
 */
export function asksOwner(ceremony: ShowingCeremony): boolean {
  return ceremony.for !== "step";
}

/**
 * @returns what the browser is asked for: any passkey that it finds, or one of the person's where it is known who it is
 * @throws Conflict `wrong_state` for somebody without passkeys; RateLimited
 */
export async function requestPasskey(
  db: Database,
  call: Call,
  parts: SignInParts,
  ceremony: ShowingCeremony,
): Promise<PasskeyRequest> {
  const known = ceremony.for === "sign_in" ? [] : await passkeysOf(db, ceremony.personId);
  if (ceremony.for !== "sign_in" && known.length === 0) {
    throw conflict("passkey", "wrong_state", "There is no passkey of yours to be shown.");
  }
  const { challenge, proof } = await issueChallenge(db, call, ceremony);
  const options = await requestOptions({
    party: relyingPartyOf(parts),
    challenge,
    asksOwner: asksOwner(ceremony),
    known,
  });
  return { proof, options };
}
