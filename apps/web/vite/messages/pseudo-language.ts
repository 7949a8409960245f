import { withTexts } from "./icu.ts";

/**
 * A language made of English whose every letter has a mark: what stands in plain letters on its pages did not come from
 * the site's words, and texts are as long as those of wordier languages. BCP 47 keeps `XA` for this.
 */
export const PSEUDO = "en-XA";

const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MARKED = "åƀçđéƒğĥíĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇÐÉFĞĤÍĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ";
const VOWELS = /[aeiou]/u;

/** @param compiled a message in English @returns it in the language that nobody speaks, a third longer */
export function pseudo(compiled: unknown): unknown {
  return withTexts(compiled, (text) => [...text].map(marked).join(""));
}

function marked(letter: string): string {
  const at = PLAIN.indexOf(letter);
  return at === -1 ? letter : MARKED.charAt(at).repeat(VOWELS.test(letter) ? 2 : 1);
}

/** Words of at least three letters without a mark: what the site's words did not say. */
export function plainWordsIn(text: string): string[] {
  return text.match(/(?<![\p{L}\p{M}])[A-Za-z]{3,}(?![\p{L}\p{M}])/gu) ?? [];
}
