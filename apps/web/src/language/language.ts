import { FIRST_LANGUAGE, type Language, isLanguage } from "./languages.ts";

/**
 * The language that is spoken here: in a browser that of the page, for as long as it lives, for another language is
 * another page; on a server that of the page that is being written.
 */
export function language(): Language {
  const tag = ask();
  return isLanguage(tag) ? tag : FIRST_LANGUAGE;
}

let ask = (): string => globalThis.document?.documentElement.lang ?? "";

/** @param answer says the language where there is no document to ask */
export function askForLanguage(answer: () => string): void {
  ask = answer;
}
