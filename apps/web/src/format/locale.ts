import { language } from "../language/language.ts";
import { LANGUAGES } from "../language/languages.ts";

/** @returns how dates, numbers and names are written in the language of the page, as BCP 47 names it */
function formatLocale(): string {
  return LANGUAGES[language()].format;
}

/**
 * Keeps what `Intl` makes, for that is dear to make and few: by the language of the page, and what it is made with.
 *
 * @param make makes a formatter of a language
 */
export function kept<Options, Formatter>(
  make: (locale: string, options: Options) => Formatter,
): (options: Options) => Formatter {
  const formatters = new Map<string, Formatter>();
  return (options) => {
    const locale = formatLocale();
    const key = locale + JSON.stringify(options);
    const known = formatters.get(key) ?? make(locale, options);
    formatters.set(key, known);
    return known;
  };
}
