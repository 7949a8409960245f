import { compareNames, languageName } from "../format/names.ts";

/** Languages that courses are mostly written and taught in, beside those that something is in already. */
const COMMON = [
  "ar",
  "bg",
  "cs",
  "da",
  "de",
  "el",
  "en",
  "es",
  "et",
  "fi",
  "fr",
  "hr",
  "hu",
  "is",
  "it",
  "ja",
  "lt",
  "lv",
  "nb",
  "nl",
  "nn",
  "pl",
  "pt",
  "ro",
  "se",
  "sk",
  "sl",
  "sv",
  "tr",
  "uk",
  "zh",
] as const;

/** @returns languages to choose from by name, those that are there already among them */
export function languageChoices(
  there: Iterable<string> = [],
): readonly { readonly value: string; readonly words: string }[] {
  return [...new Set<string>([...COMMON, ...there])]
    .map((value) => ({ value, words: languageName(value) }))
    .toSorted((one, other) => compareNames(one.words, other.words));
}
