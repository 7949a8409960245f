import { readFile } from "node:fs/promises";
import { isAbsoluteIri } from "../exchange/json-node.ts";
import { courseNameKey } from "./identifiers.ts";
import { InputError } from "./input/open-input.ts";
import type { NamedCourse } from "./similar-names.ts";

/** Merges that somebody accepted: the runs of one course go to another. */

export interface MergeRequest {
  readonly from: string;
  readonly into: string;
}

/** Every way to read `A=B`: names may hold an equals sign themselves. */
function readings(text: string): MergeRequest[] {
  return [...text.matchAll(/=/gu)].map(({ index }) => ({
    from: text.slice(0, index).trim(),
    into: text.slice(index + 1).trim(),
  }));
}

/** @returns the requests of a file: `{ "A": "B" }`, or `A=B` a line with comments behind `#` */
async function readMergeFile(path: string): Promise<string[] | MergeRequest[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${path} can't be read: ${reason}.`, { cause: error });
  }
  if (!text.trimStart().startsWith("{")) {
    return text
      .split(/\r?\n/u)
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"));
  }
  const pairs: unknown = JSON.parse(text);
  if (typeof pairs !== "object" || pairs === null) return [];
  return Object.entries(pairs).map(([from, into]) => ({ from, into: String(into) }));
}

/** Finds courses by their names, or by their identifiers. */
class CourseFinder {
  readonly #byName = new Map<string, NamedCourse[]>();
  readonly #ids = new Set<string>();

  constructor(courses: readonly NamedCourse[]) {
    for (const course of courses) {
      const key = courseNameKey(course.title);
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), course]);
      this.#ids.add(course.externalId);
    }
  }

  /** @returns identifiers of the courses of that name, or the one that it identifies */
  find(nameOrId: string): string[] {
    if (this.#ids.has(nameOrId)) return [nameOrId];
    return (this.#byName.get(courseNameKey(nameOrId)) ?? []).map(({ externalId }) => externalId);
  }

  /** As `find`, of a course that takes runs in; it may be in the academy alone. */
  findTarget(nameOrId: string): string {
    const [found, another] = this.find(nameOrId);
    if (another !== undefined) {
      throw new InputError(
        `More than one course is called “${nameOrId}”: name it by its @id or URL.`,
      );
    }
    if (found !== undefined) return found;
    if (isAbsoluteIri(nameOrId)) return nameOrId;
    throw new InputError(`--merge: no course is called “${nameOrId}”.`);
  }
}

/** Follows merges into courses that are merged themselves. */
function settled(merges: ReadonlyMap<string, string>): Map<string, string> {
  const result = new Map<string, string>();
  for (const from of merges.keys()) {
    let into = from;
    const passed = new Set<string>();
    for (let next = merges.get(into); next !== undefined; next = merges.get(into)) {
      if (passed.has(into)) throw new InputError("--merge: these merges go round in a circle.");
      passed.add(into);
      into = next;
    }
    if (into !== from) result.set(from, into);
  }
  return result;
}

/**
 * @param given `A=B` each, or `@file` with many
 * @param courses those of the input
 * @returns from the identifier of each merged course to that of the course that takes its runs
 * @throws InputError for a name that no course has
 */
export async function resolveMerges(
  given: readonly string[],
  courses: readonly NamedCourse[],
): Promise<Map<string, string>> {
  const finder = new CourseFinder(courses);
  const merges = new Map<string, string>();
  const requests: (string | MergeRequest)[] = [];
  for (const text of given) {
    if (text.startsWith("@")) requests.push(...(await readMergeFile(text.slice(1))));
    else requests.push(text);
  }
  for (const request of requests) {
    const candidates = typeof request === "string" ? readings(request) : [request];
    const meant = candidates.find(({ from }) => finder.find(from).length > 0);
    if (meant === undefined) {
      const text = typeof request === "string" ? request : request.from;
      throw new InputError(
        `--merge: no course is called “${candidates[0]?.from ?? text}” (write "A=B").`,
      );
    }
    const into = finder.findTarget(meant.into);
    for (const from of finder.find(meant.from)) if (from !== into) merges.set(from, into);
  }
  return settled(merges);
}
