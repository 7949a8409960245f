import { FORMAT_LOCALE } from "./locale.ts";

const languages = new Intl.DisplayNames(FORMAT_LOCALE, { type: "language" });
const regions = new Intl.DisplayNames(FORMAT_LOCALE, { type: "region" });

/** Names of a code where it is one; codes from elsewhere may be none. */
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}

/** `Norwegian Bokmål` of `nb`. */
export function languageName(tag: string): string {
  return nameOf(languages, tag);
}

/** `Norway` of `NO`. */
export function countryName(code: string): string {
  return nameOf(regions, code);
}
