import { courseNameKey } from "./identifiers.ts";

/**
 * Finds courses that may be one under slightly different names: "NBIS/ELIXIR-SE Tools for
 * Reproducible Research" and "Tools for Reproducible Research". It only ever proposes.
 */

export interface NamedCourse {
  readonly externalId: string;
  readonly title: string;
  /** Its description, or a digest of it; `undefined` for none worth comparing. */
  readonly description: string | undefined;
  readonly runs: number;
}

export interface MergeProposal {
  /** The name to keep: the one with the most runs, else the shortest. */
  readonly keep: NamedCourse;
  readonly merge: readonly NamedCourse[];
  readonly because: "letter_case" | "similar_name" | "same_description";
}

const FILLERS = new Set(
  "a an the in on of for to and with by from at workshop course training class tutorial webinar online".split(
    " ",
  ),
);
const SIMILAR_ENOUGH = 0.85;
/** A word that so many names have says little about two of them being one course. */
const COMMON_WORD = 200;
/** A text that so many other courses have as well is not about any of them. */
const BOILERPLATE = 4;

function words(title: string): string[] {
  return title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter((word) => word !== "");
}

function isAcronym(word: string): boolean {
  return word.length >= 2 && word === word.toUpperCase() && /\p{Lu}/u.test(word);
}

/**
 * The words that a course is about. Acronyms before the first ordinary word tell who offers it
 * ("NBIS/ELIXIR-SE Tools for …"), unless nothing else would be left.
 */
function coreWords(title: string): ReadonlySet<string> {
  const all = words(title);
  const isFiller = (word: string) => FILLERS.has(word.toLowerCase());
  const start = all.findIndex((word) => !isAcronym(word));
  const named = all.slice(Math.max(start, 0)).filter((word) => !isFiller(word));
  const core = named.length >= 2 ? named : all.filter((word) => !isFiller(word));
  return new Set(core.map((word) => singular(word.toLowerCase())));
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** 1 for the same word, less for a word and its short form ("net" and "network"), else 0. */
function likeness(left: string, right: string): number {
  if (left === right) return 1;
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short.length >= 3 && long.startsWith(short) ? 0.5 : 0;
}

/** @returns how alike two sets of words are, from 0 to 1 */
function similarity(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const remaining = new Set(right);
  let shared = 0;
  for (const exact of [1, 0.5]) {
    for (const word of left) {
      const match = [...remaining].find((other) => likeness(word, other) === exact);
      if (match === undefined || (exact < 1 && right.has(word))) continue;
      remaining.delete(match);
      shared += exact;
    }
  }
  const total = Math.max(left.size, right.size);
  return total === 0 ? 0 : shared / total;
}

/** Sets of courses that belong together, by merging pairs (union-find). */
class Groups {
  readonly #parents = new Map<NamedCourse, NamedCourse>();

  find(course: NamedCourse): NamedCourse {
    const parent = this.#parents.get(course);
    if (parent === undefined || parent === course) return course;
    const root = this.find(parent);
    this.#parents.set(course, root);
    return root;
  }

  join(left: NamedCourse, right: NamedCourse): void {
    this.#parents.set(this.find(left), this.find(right));
  }
}

function byUsefulness(left: NamedCourse, right: NamedCourse): number {
  return (
    right.runs - left.runs ||
    left.title.length - right.title.length ||
    (left.title < right.title ? -1 : 1)
  );
}

function reasonFor(group: readonly NamedCourse[]): MergeProposal["because"] {
  const keys = new Set(group.map(({ title }) => courseNameKey(title).toLowerCase()));
  if (keys.size === 1) return "letter_case";
  const [first, ...rest] = group.map(({ title }) => coreWords(title));
  const isAlike =
    first !== undefined && rest.every((core) => similarity(first, core) >= SIMILAR_ENOUGH);
  return isAlike ? "similar_name" : "same_description";
}

/** @returns groups of courses that look like one, in the order of the names to keep */
export function proposeMerges(courses: readonly NamedCourse[]): MergeProposal[] {
  const groups = new Groups();
  const byWord = new Map<string, { course: NamedCourse; core: ReadonlySet<string> }[]>();
  const byDescription = new Map<string, NamedCourse[]>();
  for (const course of courses) {
    const core = coreWords(course.title);
    const candidates = new Set(
      [...core].flatMap((word) => {
        const others = byWord.get(word) ?? [];
        return others.length > COMMON_WORD ? [] : others;
      }),
    );
    for (const other of candidates) {
      if (similarity(core, other.core) >= SIMILAR_ENOUGH) groups.join(course, other.course);
    }
    for (const word of core) {
      const others = byWord.get(word);
      if (others === undefined) byWord.set(word, [{ course, core }]);
      else if (others.length <= COMMON_WORD) others.push({ course, core });
    }
    if (course.description === undefined) continue;
    const same = byDescription.get(course.description);
    if (same === undefined) byDescription.set(course.description, [course]);
    else same.push(course);
  }
  for (const [first, ...rest] of byDescription.values()) {
    // What so many courses say is no description of one.
    if (first === undefined || rest.length >= BOILERPLATE) continue;
    for (const course of rest) groups.join(course, first);
  }

  const members = new Map<NamedCourse, NamedCourse[]>();
  for (const course of courses) {
    const root = groups.find(course);
    members.set(root, [...(members.get(root) ?? []), course]);
  }
  return [...members.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const [keep = group[0], ...merge] = group.toSorted(byUsefulness);
      return keep === undefined ? [] : [{ keep, merge, because: reasonFor(group) }];
    })
    .flat()
    .toSorted((left, right) => (left.keep.title < right.keep.title ? -1 : 1));
}
