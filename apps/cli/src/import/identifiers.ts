import { createHash } from "node:crypto";

/** How records of other systems are recognised again. */

/** @returns a text in the form of a part of an address: `Ågård & co` → `agard-co` */
export function slugOf(text: string, limit = 60): string {
  const slug = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .replaceAll("đ", "d")
    .replaceAll("ı", "i")
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "");
  return slug.slice(0, limit).replace(/-+$/u, "");
}

function fingerprint(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}

function derived(kind: string, title: string, parts: readonly string[]): string {
  const slug = slugOf(title);
  return `urn:lectern:${kind}:${slug === "" ? "" : `${slug}-`}${fingerprint(parts)}`;
}

/** The name that courses without an identifier are told apart by: spaces and Unicode forms aside. */
export function courseNameKey(title: string): string {
  return title.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
}

/** @returns the identifier of a course that is known by its name (and provider) alone */
export function derivedCourseId(title: string, provider: string | undefined): string {
  const key = courseNameKey(title);
  return derived("course", key, [key, courseNameKey(provider ?? "")]);
}

/** @returns the identifier of a run that has none: by its title, its start as written, and its city */
export function derivedRunId(parts: {
  readonly title: string;
  readonly provider: string | undefined;
  readonly start: string;
  readonly city: string | undefined;
}): string {
  const { title, provider, start, city } = parts;
  const key = courseNameKey(title);
  return derived("run", key, [key, courseNameKey(provider ?? ""), start.trim(), city ?? ""]);
}
