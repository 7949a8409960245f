import { language } from "../language/language.ts";
import type { Language } from "../language/languages.ts";

type Loader<Words> = () => Promise<{ readonly messages: Words }>;

/**
 * A part of the site's words in every language: on a server the words themselves, in browsers what loads them, so that
 * a page has those of its own language alone. `virtual:words/booking` is that of `en-booking.ts`.
 */
export type PartOfWords<Words> = Readonly<Record<Language, Words | Loader<Words>>>;

function isLoader<Words>(words: Words | Loader<Words>): words is Loader<Words> {
  return typeof words === "function";
}

/** What is on its way. */
const loading: Promise<unknown>[] = [];

/**
 * Gives the words of a part in the language of the page. A browser begins to load them when this is called, which is
 * when a page's own script is there.
 *
 * @returns the words, or the promise of them: always the same, unless it was broken
 */
export function wordsOf<Words>(part: PartOfWords<Words>): () => Words | Promise<Words> {
  // On a server, each page has a language of its own.
  if (import.meta.env.SSR) return () => wordsIn(language(), part);
  let words: Words | Promise<Words> | undefined;
  function begin(): Words | Promise<Words> {
    const asked = wordsIn(language(), part);
    if (asked instanceof Promise) {
      asked.then(
        // Where `use` looks first: it then waits for nothing.
        (value) => Object.assign(asked, { status: "fulfilled", value }),
        // Whoever asks next tries again.
        () => (words = undefined),
      );
      loading.push(asked);
    }
    return asked;
  }
  words = begin();
  return () => (words ??= begin());
}

/** @returns the words of a part in a language, or when they will be there */
export function wordsIn<Words>(spoken: Language, part: PartOfWords<Words>): Words | Promise<Words> {
  const words = part[spoken];
  return isLoader(words) ? words().then(({ messages }) => messages) : words;
}

/** Waits for all words that are on their way. */
export async function wordsAreThere(): Promise<void> {
  await Promise.all(loading);
}
