import {
  type AsvsTable,
  type Row,
  STATUSES,
  type Status,
  readAsvs,
  referencesIn,
} from "./read-asvs.ts";

/** What a release of the standard asks: the numbers of its requirements, by level. */
type Levels = Readonly<Record<"1" | "2", readonly string[]>>;

/** A page, and what its links can lead to. */
interface Page {
  readonly markdown: string;
  /** @returns what a file holds, by its path from the folder of the page; `undefined` where there is none */
  readonly read: (path: string) => string | undefined;
}

export interface Checked extends Page {
  readonly levels: Levels;
}

/** A requirement is said in a few words: the standard has its sentences. */
const MOST_WORDS = 16;

/** Somebody who reads only the table should learn why. */
const FEWEST_WORDS = 3;

const TEST_FILE = /\.(?:test|spec)\.tsx?$/u;
const OF_THE_WEB = /^https?:/u;

/** @returns a line for each way in which the table is not right; none for one that is */
export function findAsvsFaults(checked: Checked): string[] {
  const table = readAsvs(checked.markdown);
  return [
    ...findWrongNumbers(table, checked.levels),
    ...table.rows.flatMap((row) => findWrongCells(row, checked)),
    ...findWrongSums(table),
  ];
}

function isStatus(text: string): text is Status {
  return STATUSES.some((status) => status === text);
}

/** Numbers that are missing, there twice, none of the standard's, or in the wrong place. */
function findWrongNumbers({ rows }: AsvsTable, levels: Levels): string[] {
  const levelOf = new Map<string, string>();
  for (const level of ["1", "2"] as const) {
    for (const number of levels[level]) levelOf.set(number, level);
  }
  const missing = new Set(levelOf.keys());
  const faults: string[] = [];
  for (const { line, number, level, chapter } of rows) {
    const rightLevel = levelOf.get(number);
    if (rightLevel === undefined) faults.push(`line ${line}: the standard has no ${number}`);
    else if (!missing.delete(number)) faults.push(`line ${line}: ${number} is there twice`);
    else if (level !== rightLevel) faults.push(`line ${line}: ${number} is of level ${rightLevel}`);
    if (chapter !== Number(number.split(".")[0])) {
      faults.push(`line ${line}: ${number} does not belong under V${chapter}`);
    }
  }
  return [...faults, ...[...missing].map((number) => `${number} is missing`)];
}

function wordsIn(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function findWrongCells(row: Row, checked: Checked): string[] {
  const { line, number, asks, status, evidence } = row;
  const at = `line ${line}: ${number}`;
  const faults = findDeadReferencesIn(evidence, checked).map((fault) => `${at} ${fault}`);
  if (wordsIn(asks) === 0) faults.push(`${at} does not say what it asks`);
  if (wordsIn(asks) > MOST_WORDS) faults.push(`${at} asks in more than ${MOST_WORDS} words`);
  if (isStatus(status)) {
    const lack = lackOf(status, evidence);
    if (lack !== undefined) faults.push(`${at} is ${status}, and ${lack}`);
  } else {
    faults.push(`${at} is "${status}", which is none of: ${STATUSES.join(", ")}`);
  }
  return faults;
}

/** @returns what the evidence lacks for its status, if it lacks anything */
function lackOf(status: Status, evidence: string): string | undefined {
  const references = referencesIn(evidence);
  switch (status) {
    case "tested":
      return references.some(({ href, names }) => isTest(href) && names.length > 0)
        ? undefined
        : "names no test";
    case "documented":
      return references.some(({ href }) => /\.md(?:#|$)/u.test(href))
        ? undefined
        : "links to no page";
    case "not applicable":
    case "open":
      return wordsIn(evidence) < FEWEST_WORDS ? "does not say why" : undefined;
  }
}

function isTest(href: string): boolean {
  return TEST_FILE.test(href);
}

/** @returns a line for each link of a page that leads nowhere, and for each test that is not where it is said to be */
export function findDeadReferences(page: Page): string[] {
  return page.markdown
    .split("\n")
    .flatMap((text, index) =>
      findDeadReferencesIn(text, page).map((fault) => `line ${index + 1} ${fault}`),
    );
}

function findDeadReferencesIn(text: string, { read, markdown }: Page): string[] {
  return referencesIn(text).flatMap(({ href, names }) => {
    if (OF_THE_WEB.test(href)) return [];
    const [path = "", anchor] = href.split("#");
    const target = path === "" ? markdown : read(path);
    if (href === "" || (names.length > 0 && !isTest(path))) {
      return names.map((name) => `names the test “${name}” of no test file`);
    }
    if (target === undefined) return [`links to ${path}, which is not there`];
    if (anchor !== undefined && !anchorsOf(target).has(anchor)) {
      return [`links to ${href}, which has no such heading`];
    }
    return names
      .filter((name) => !hasTest(target, name))
      .map((name) => `names the test “${name}”, which is not in ${path}`);
  });
}

function hasTest(source: string, name: string): boolean {
  return ['"', "'", "`"].some((quote) => source.includes(`${quote}${name}${quote}`));
}

/** @returns what links can lead to on a page, as GitHub makes it from its headings */
function anchorsOf(page: string): Set<string> {
  const headings = page.matchAll(/^#{1,6} +(.+?) *$/gmu);
  return new Set(
    Array.from(headings, ([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(/\s/gu, "-"),
    ),
  );
}

/** @returns how often each status is there, and how many there are in all, as the sums show them */
function countsOf(rows: readonly Row[]): number[] {
  const counts = STATUSES.map((status) => rows.filter((row) => row.status === status).length);
  return [...counts, rows.length];
}

/** Nobody should read one count as another. */
const SUMS_HEAD = ["Chapter", ...STATUSES, "all"].join(" | ");

function findWrongSums({ rows, sums, heads }: AsvsTable): string[] {
  const expected = new Map<string, number[]>([
    ...[...new Set(rows.map(({ chapter }) => chapter))].map(
      (chapter) =>
        [`V${chapter}`, countsOf(rows.filter((row) => row.chapter === chapter))] as const,
    ),
    ["All", countsOf(rows)] as const,
  ]);
  const faults = heads.some((head) => head.join(" | ") === SUMS_HEAD)
    ? []
    : [`no table has the head | ${SUMS_HEAD} |`];
  for (const [of, counts] of expected) {
    const right = counts.join(" | ");
    const found = sums.filter((sum) => sum.of === of);
    if (found.length !== 1) faults.push(`the sums have ${found.length} lines for ${of}`);
    for (const sum of found) {
      if (sum.counts.join(" | ") !== right) {
        faults.push(`line ${sum.line}: the sums of ${of} are | ${right} |`);
      }
    }
  }
  for (const { line, of } of sums) {
    if (!expected.has(of)) faults.push(`line ${line}: there is nothing to sum up for ${of}`);
  }
  return faults;
}
