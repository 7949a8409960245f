import part from "virtual:words/office";
import { wordsOf } from "./words.ts";

function begin() {
  return wordsOf(part);
}

let words: ReturnType<typeof begin> | undefined;

/**
 * The words of the back office. A browser loads them with the first call: its routes are known in other places, too.
 *
 * @returns the words as soon as they are there; until then, when they will be
 */
export function officeWords(): ReturnType<ReturnType<typeof begin>> {
  words ??= begin();
  return words();
}
