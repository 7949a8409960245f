/** Where somebody goes on after signing in. */

const HOME = "/account";
/** Longer ones are nobody's page. */
const LENGTH_MAX = 500;

/**
 * @param wanted what the address says, which anybody may have written
 * @returns a path of this site: never another site's, nor the page that one came from
 */
export function nextPage(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > LENGTH_MAX || !wanted.startsWith("/")) {
    return HOME;
  }
  // Browsers take `//host`, and a backslash or a line break in its place, for another site.
  const base = "https://site.invalid";
  if (!URL.canParse(wanted, base)) return HOME;
  const { origin, pathname, search, hash } = new URL(wanted, base);
  if (origin !== base || pathname.startsWith("//")) return HOME;
  if (/^\/(?:sign-in|sign-up|trpc)(?:\/|$)/u.test(pathname)) return HOME;
  return pathname + search + hash;
}

export interface NextSearch {
  next?: string | undefined;
}

/** Reads the part of an address that says where to go on; left out where it says nothing of use. */
export function nextSearchOf(raw: Record<string, unknown>): NextSearch {
  const next = nextPage(raw["next"]);
  return next === HOME ? {} : { next };
}
