/** What has to be said of a language once. */
interface LanguageFacts {
  /** How dates, numbers and names are written: BCP 47, with the region whose customs are meant. */
  readonly format: string;
  /** What the language calls itself. */
  readonly name: string;
}

/**
 * The languages of the site: a line here and a folder in `src/messages` are all that a further one takes
 * (docs/translating.md). English comes in several; the academy's is British: day before month, 24 hours.
 */
const TABLE = {
  en: { format: "en-GB", name: "English" },
  nb: { format: "nb-NO", name: "Norsk" },
} as const satisfies Record<string, LanguageFacts>;

/** A language of the site, as BCP 47 names it. */
export type Language = keyof typeof TABLE;

export const LANGUAGES: Readonly<Record<Language, LanguageFacts>> = TABLE;

/** Whose addresses have nothing before them, and whose words stand where a translation is missing. */
export const FIRST_LANGUAGE: Language = "en";

/** @returns whether the site speaks what a tag names */
export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag);
}

/** @returns the languages in the order in which they are offered */
export function languages(): Language[] {
  return Object.keys(LANGUAGES).filter(isLanguage);
}
