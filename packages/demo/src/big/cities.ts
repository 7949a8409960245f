import type { Currency, Language } from "../content/types.ts";
import type { Country } from "../content/venues.ts";

export interface BigCity {
  readonly name: string;
  readonly country: Country;
  readonly timeZone: string;
  readonly currency: Currency;
  /** The language that courses are taught in beside English. */
  readonly language: Language;
}

function cities(
  country: Country,
  currency: Currency,
  language: Language,
  zones: Readonly<Record<string, readonly string[]>>,
): BigCity[] {
  return Object.entries(zones).flatMap(([timeZone, names]) =>
    names.map((name) => ({ name, country, timeZone, currency, language })),
  );
}

/** Where the big academy has its houses: the countries of the small one. */
export const bigCities: readonly BigCity[] = [
  ...cities("GB", "GBP", "en", {
    "Europe/London": ["London", "Birmingham", "Bristol", "Edinburgh", "Leeds", "Manchester"],
  }),
  ...cities("NO", "NOK", "nb", {
    "Europe/Oslo": ["Oslo", "Bergen", "Stavanger", "Tromsø", "Trondheim"],
  }),
  ...cities("TR", "TRY", "tr", { "Europe/Istanbul": ["Istanbul", "Ankara", "Bursa", "İzmir"] }),
  ...cities("DE", "EUR", "de", {
    "Europe/Berlin": ["Berlin", "Hamburg", "Köln", "Leipzig", "München", "Stuttgart"],
  }),
  ...cities("US", "USD", "en", {
    "America/New_York": ["New York", "Boston", "Philadelphia"],
    "America/Chicago": ["Chicago", "Austin"],
    "America/Denver": ["Denver"],
    "America/Los_Angeles": ["San Francisco", "Seattle"],
  }),
  ...cities("SG", "SGD", "en", { "Asia/Singapore": ["Singapore"] }),
];
