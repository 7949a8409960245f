import { AsyncLocalStorage } from "node:async_hooks";
import { askForLanguage } from "../language/language.ts";
import { FIRST_LANGUAGE, type Language } from "../language/languages.ts";

const pages = new AsyncLocalStorage<Language>();

// Several pages are written at a time: each is in its own language, whatever the others are in.
askForLanguage(() => pages.getStore() ?? FIRST_LANGUAGE);

/** Writes a page in a language: everything that happens in it, and for it, speaks that. */
export function inLanguage<Page>(language: Language, write: () => Promise<Page>): Promise<Page> {
  return pages.run(language, write);
}
