import type { CatalogueFilter } from "@lectern/contract/filters";
import type { CourseLevel, DeliveryMode } from "@lectern/contract/vocabulary";
import { minorUnits } from "../../../format/money.ts";

/**
 * What the catalogue and the list of dates can be narrowed by, as it stands in their addresses. An
 * address may be mistyped, cut or years old: what does not fit the contract is left out, so that the
 * rest still works. A test holds this against the contract's own shape.
 */
export interface FilterSearch {
  q?: string | undefined;
  topic?: string[] | undefined;
  level?: CourseLevel[] | undefined;
  language?: string[] | undefined;
  mode?: DeliveryMode[] | undefined;
  country?: string[] | undefined;
  city?: string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
  currency?: string | undefined;
  /** In whole units of the currency. */
  max?: number | undefined;
  /** Where a further page of the list begins, for browsers that run no scripts. */
  cursor?: string | undefined;
}

/** The filters of which one can choose several. */
export const CHOICES = ["topic", "level", "language", "mode", "country", "city"] as const;
export type Choice = (typeof CHOICES)[number];

const CHOICES_MAX = 50;
const TEXT_MAX = 200;
const CITY_MAX = 100;
/** Room for the longest title, in any script. */
const CURSOR_MAX = 2000;
const PRICE_MAX = 10_000_000;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u;
const COUNTRY = /^[A-Z]{2}$/u;
const CURRENCY = /^[A-Z]{3}$/u;
/** Of the years that the contract takes. While a year is being typed, it is another. */
const DATE = /^[12]\d{3}-\d{2}-\d{2}$/u;
const ONE_LINE = /^[^\u0000-\u001F\u007F\u2028\u2029]+$/u;
const LEVELS: readonly string[] = ["beginner", "intermediate", "advanced"] satisfies CourseLevel[];
const MODES: readonly string[] = [
  "classroom",
  "virtual",
  "self_paced",
  "blended",
] satisfies DeliveryMode[];

type Raw = Readonly<Record<string, unknown>>;

function isLevel(value: string): value is CourseLevel {
  return LEVELS.includes(value);
}

function isMode(value: string): value is DeliveryMode {
  return MODES.includes(value);
}

function isSlug(value: string): value is string {
  return value.length <= 120 && SLUG.test(value);
}

function isLanguage(value: string): value is string {
  return value.length <= 35 && LANGUAGE.test(value);
}

function isCountry(value: string): value is string {
  return COUNTRY.test(value);
}

function isCity(value: string): value is string {
  return value.length <= CITY_MAX && ONE_LINE.test(value) && value.trim() !== "";
}

function isDate(value: string): boolean {
  if (!DATE.test(value)) return false;
  const time = Date.parse(`${value}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** One text of a parameter, the first if there are several. */
export function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" || typeof first === "number" ? String(first) : undefined;
}

function choicesOf<Value extends string>(
  value: unknown,
  isOne: (text: string) => text is Value,
): Value[] | undefined {
  const texts = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
  const choices = [...new Set(texts)].filter(isOne).slice(0, CHOICES_MAX);
  return choices.length === 0 ? undefined : choices;
}

function matching(value: unknown, isRight: (text: string) => boolean): string | undefined {
  const text = textOf(value)?.trim();
  return text !== undefined && isRight(text) ? text : undefined;
}

/** Reads the filters of an address. */
export function filterSearchOf(raw: Raw): FilterSearch {
  const max = Number(textOf(raw["max"]) ?? Number.NaN);
  return {
    q: matching(raw["q"], (text) => text.length <= TEXT_MAX && ONE_LINE.test(text)),
    topic: choicesOf(raw["topic"], isSlug),
    level: choicesOf(raw["level"], isLevel),
    language: choicesOf(raw["language"], isLanguage),
    mode: choicesOf(raw["mode"], isMode),
    country: choicesOf(raw["country"], isCountry),
    city: choicesOf(raw["city"], isCity),
    from: matching(raw["from"], isDate),
    to: matching(raw["to"], isDate),
    currency: matching(raw["currency"], (text) => CURRENCY.test(text)),
    max: Number.isInteger(max) && max > 0 && max <= PRICE_MAX ? max : undefined,
    cursor: matching(raw["cursor"], (text) => text.length > 0 && text.length <= CURSOR_MAX),
  };
}

/** What to ask the API for. */
export function filterOf(search: FilterSearch): CatalogueFilter {
  const { currency, max } = search;
  return {
    query: search.q,
    topics: search.topic,
    levels: search.level,
    languages: search.language,
    deliveryModes: search.mode,
    countries: search.country,
    cities: search.city,
    from: search.from,
    to: search.to,
    price:
      currency === undefined
        ? undefined
        : { currency, max: max === undefined ? undefined : max * minorUnits(currency) },
  };
}

/** How many choices are made, the words looked for not counted. */
export function countFilters(search: FilterSearch): number {
  const several = CHOICES.reduce((sum, choice) => sum + (search[choice]?.length ?? 0), 0);
  return several + [search.from, search.to, search.currency].filter(Boolean).length;
}

/** Reads the filters out of a form whose fields have the names that addresses have. */
export function filterSearchOfForm(form: HTMLFormElement): FilterSearch {
  const data = new FormData(form);
  const raw: Record<string, unknown> = {};
  for (const name of new Set(data.keys())) raw[name] = data.getAll(name);
  return filterSearchOf(raw);
}
