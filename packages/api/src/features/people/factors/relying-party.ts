import { type RelyingParty, relyingPartyAt } from "@lectern/auth/factors/passkeys";
import type { SignInParts } from "../accounts/complete-sign-in.ts";

/** @returns the site that passkeys are bound to: where the academy says that it is, or else where this request found it */
export function relyingPartyOf({ auth, browser }: SignInParts): RelyingParty {
  return relyingPartyAt(auth.publicUrl ?? browser.origin, auth.academy);
}
