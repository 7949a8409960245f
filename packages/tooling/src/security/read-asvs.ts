/** Reads the table of ASVS requirements (docs/security/asvs.md) as far as it can be checked. */

export const STATUSES = ["tested", "documented", "not applicable", "open"] as const;
export type Status = (typeof STATUSES)[number];

/** One requirement, as a line of the table has it. */
export interface Row {
  /** Number of the line, from 1. */
  readonly line: number;
  /** The chapter under whose heading it stands; 0 for none. */
  readonly chapter: number;
  /** Such as `6.2.1`. */
  readonly number: string;
  readonly level: string;
  /** What it asks, in our words. */
  readonly asks: string;
  readonly status: string;
  /** Where it is shown, why it does not apply, or what is missing. */
  readonly evidence: string;
}

/** A line of the sums: of a chapter (`V6`), or of all (`All`). */
interface Sum {
  readonly line: number;
  readonly of: string;
  readonly counts: readonly string[];
}

export interface AsvsTable {
  readonly rows: readonly Row[];
  readonly sums: readonly Sum[];
  /** The cells of all other lines, which name the columns. */
  readonly heads: readonly (readonly string[])[];
}

const CHAPTER = /^## V(\d+)\b/u;
const NUMBER = /^\d+\.\d+\.\d+$/u;
const SUM = /^(?:\[(?<chapter>V\d+)\]\([^)]*\).*|\*\*(?<all>All)\*\*)$/u;

/** @returns the cells of a line, without the blanks around them; a `\|` is no border */
function cellsOf(line: string): string[] {
  return line
    .slice(1, line.trimEnd().lastIndexOf("|"))
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.trim());
}

/** @returns requirements and sums, in the order of their lines */
export function readAsvs(markdown: string): AsvsTable {
  const rows: Row[] = [];
  const sums: Sum[] = [];
  const heads: string[][] = [];
  let chapter = 0;
  for (const [index, text] of markdown.split("\n").entries()) {
    const line = index + 1;
    if (text.startsWith("## ")) chapter = Number(CHAPTER.exec(text)?.[1] ?? 0);
    if (!text.startsWith("|")) continue;
    const [first = "", ...others] = cellsOf(text);
    const sum = SUM.exec(first)?.groups;
    if (sum !== undefined) {
      sums.push({ line, of: sum["chapter"] ?? sum["all"] ?? "", counts: others });
    } else if (NUMBER.test(first)) {
      const [level = "", asks = "", status = "", evidence = ""] = others;
      rows.push({ line, chapter, number: first, level, asks, status, evidence });
    } else {
      heads.push([first, ...others]);
    }
  }
  return { rows, sums, heads };
}

/** Something that the evidence of a requirement points to. */
interface Reference {
  /** As it is written in the link. */
  readonly href: string;
  /** Tests in that file, by their names: what stands between “ and ” after the link. */
  readonly names: readonly string[];
}

const REFERENCE = /\[[^\]]*\]\((?<href>[^)\s]+)\)|“(?<name>[^”]+)”/gu;

/** @returns the links of a text with the names after each; names before the first have `""` for a link */
export function referencesIn(text: string): Reference[] {
  const found: { href: string; names: string[] }[] = [];
  for (const { groups } of text.matchAll(REFERENCE)) {
    const { href, name } = groups ?? {};
    if (href !== undefined) found.push({ href, names: [] });
    if (name === undefined) continue;
    if (found.length === 0) found.push({ href: "", names: [] });
    found.at(-1)?.names.push(name.replaceAll(String.raw`\|`, "|"));
  }
  return found;
}
