import type { SignInParts } from "../accounts/complete-sign-in.ts";

/** The page of the site to which providers send browsers back. */
const PAGE = "/sign-in/openid";

/** @returns its address, which has to be written down at each provider */
export function redirectUriOf({ auth, browser }: SignInParts): string {
  return `${auth.publicUrl ?? browser.origin}${PAGE}`;
}
