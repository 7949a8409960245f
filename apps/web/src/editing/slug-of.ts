const LONGEST = 100;

/** @returns an address for a title: lower-case ASCII letters, digits and single hyphens */
export function slugOf(title: string): string {
  const ascii = title
    .toLowerCase()
    .replaceAll("æ", "ae")
    .replaceAll("ø", "o")
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "");
  return ascii
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .slice(0, LONGEST)
    .replaceAll(/^-|-$/gu, "");
}
