/** What the browser says of its reader: for the times and the language of mails. */

/** As the contract takes it. */
const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u;
const LANGUAGE_TAG_MAX = 35;
const TIME_ZONE = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/u;

/** @returns the IANA time zone of the reader's clock, if the browser knows one */
export function readersTimeZone(): string | undefined {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return TIME_ZONE.test(timeZone) ? timeZone : undefined;
}

/** @returns the language that the reader likes best (BCP 47), if the browser says so */
export function readersLanguage(): string | undefined {
  const { language } = navigator;
  return LANGUAGE_TAG.test(language) && language.length <= LANGUAGE_TAG_MAX ? language : undefined;
}
