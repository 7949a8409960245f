/** Stands for the site, whatever it is called. */
const SITE = "http://site.invalid";

const MOST = 2048;

/** Browsers take a backslash for a slash, and leave out tabs and line breaks. */
const MISLEADING = /[\\\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * A path of the site to go on to: whoever made the link that somebody followed must not be able to send
 * them on to another site once they have signed in.
 *
 * @returns the path, or `/` for what is none
 */
export function returnPathOf(wanted: string): string {
  if (wanted.length > MOST || !wanted.startsWith("/") || MISLEADING.test(wanted)) return "/";
  if (!URL.canParse(wanted, SITE)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, SITE);
  // `//other.example`, and `/..//other.example` without its dots, would be another site.
  if (origin !== SITE || pathname.startsWith("//")) return "/";
  const path = `${pathname}${search}${hash}`;
  return path.length > MOST ? "/" : path;
}
