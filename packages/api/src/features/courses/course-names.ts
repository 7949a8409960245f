import { course } from "@lectern/database/schema/catalogue";
import type { Transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";

/** Codes and slugs for courses that come without: derived from the title, and numbered where taken. */

const SLUG_MAX = 100;
const LETTERS_MAX = 4;

/** @returns the title in lower-case ASCII letters, digits and single hyphens; `course` if nothing is left */
function slugify(title: string): string {
  const ascii = title
    .toLowerCase()
    .replaceAll("æ", "ae")
    .replaceAll("ø", "o")
    .replaceAll("ß", "ss")
    .replaceAll("ı", "i")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
  const slug = ascii.replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "");
  return slug.slice(0, SLUG_MAX).replace(/-$/u, "") || "course";
}

/** @returns a slug that no course has yet: from the title, with a number behind it if need be */
export async function chooseSlug(tx: Transaction, title: string): Promise<string> {
  const slug = slugify(title);
  return firstFree(
    slug,
    1,
    async (candidate) => (await tx.$count(course, eq(course.slug, candidate))) === 0,
  );
}

/** @returns a code that no course has yet: the words' first letters and a number, such as `NNDL-101` */
export async function chooseCode(tx: Transaction, title: string): Promise<string> {
  const words = slugify(title).split("-");
  const letters = words
    .map((word) => word.charAt(0))
    .join("")
    .slice(0, LETTERS_MAX)
    .toUpperCase();
  const [highest] = await tx
    .select({
      number: sql<number | null>`max(substring(${course.code} from '[0-9]+$')::numeric)::int`,
    })
    .from(course)
    .where(sql`${course.code} ~ ${`^${letters}-[0-9]{1,6}$`}`);
  return `${letters}-${Math.max(100, highest?.number ?? 100) + 1}`;
}

async function firstFree(
  base: string,
  number: number,
  isFree: (candidate: string) => Promise<boolean>,
): Promise<string> {
  for (let next = number; ; next += 1) {
    const candidate = next === 1 ? base : `${base}-${next}`;
    if (await isFree(candidate)) return candidate;
  }
}
