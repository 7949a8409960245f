import { kept } from "./locale.ts";

const names = kept(
  (locale, type: "language" | "region") => new Intl.DisplayNames(locale, { type }),
);
const collator = kept(
  (locale, options: Intl.CollatorOptions) => new Intl.Collator(locale, options),
);
const lister = kept((locale, type: Intl.ListFormatType) => new Intl.ListFormat(locale, { type }));

/** Names of a code where it is one; codes from elsewhere may be none. */
function nameOf(type: "language" | "region", code: string): string {
  try {
    return names(type).of(code) ?? code;
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}

/** `Norwegian Bokmål` of `nb`. */
export function languageName(tag: string): string {
  return nameOf("language", tag);
}

/** `Norway` of `NO`. */
export function countryName(code: string): string {
  return nameOf("region", code);
}

/** Puts names into the order in which the language of the page has them: `Å` comes last in Norwegian. */
export function compareNames(a: string, b: string): number {
  return collator({ numeric: true }).compare(a, b);
}

/** `Oslo, Bergen and London`. */
export function formatList(items: Iterable<string>): string {
  return lister("conjunction").format(items);
}
