import type { SignInParts } from "../accounts/complete-sign-in.ts";

/** The page of the site to which providers send browsers back, each to an address of its own. */
const PAGE = "/sign-in/openid";

/**
 * @returns the address of a provider, which has to be written down there. As no other has it, what comes back there
 *   is of no other, also where the provider does not say who it is (RFC 9700, 4.4.2.2)
 */
export function redirectUriOf(
  { auth, browser }: SignInParts,
  { slug }: { readonly slug: string },
): string {
  return `${auth.publicUrl ?? browser.origin}${PAGE}/${slug}`;
}
