import { language } from "./language.ts";
import { FIRST_LANGUAGE, type Language, isLanguage } from "./languages.ts";

/**
 * @param path of a page as routes know it, from `/` on
 * @returns the path in a language: `/courses` in English, `/nb/courses` in Norwegian
 */
export function pathIn(spoken: Language, path: string): string {
  return spoken === FIRST_LANGUAGE ? path : `/${spoken}${path}`;
}

/** @returns the path of a page in the language of this one */
export function pathHere(path: string): string {
  return pathIn(language(), path);
}

/** @returns the language whose address begins a path: `nb` of `/nb/courses`, English of `/courses` */
export function languageOf(path: string): Language {
  const [first = ""] = /(?<=^\/)[^/?#]*/u.exec(path) ?? [];
  return isLanguage(first) ? first : FIRST_LANGUAGE;
}
