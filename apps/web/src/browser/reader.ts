/** What the browser says of its reader: for the times and the language of mails. */

import { LANGUAGE } from "../components/language-choice.tsx";
import { language } from "../language/language.ts";
import { FIRST_LANGUAGE } from "../language/languages.ts";
import { readStored } from "./stored.ts";

/** As the contract takes it. */
const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u;
const LANGUAGE_TAG_MAX = 35;
const TIME_ZONE = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/u;

/** @returns the IANA time zone of the reader's clock, if the browser knows one */
export function readersTimeZone(): string | undefined {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return TIME_ZONE.test(timeZone) ? timeZone : undefined;
}

/**
 * @returns the language that the reader likes best (BCP 47): what they chose, that of a page that they did not get by
 *   itself, or what the browser says
 */
export function readersLanguage(): string | undefined {
  const ofPage = language() === FIRST_LANGUAGE ? undefined : language();
  const tag = readStored(LANGUAGE) ?? ofPage ?? navigator.language;
  return LANGUAGE_TAG.test(tag) && tag.length <= LANGUAGE_TAG_MAX ? tag : undefined;
}
