import type { Money } from "@lectern/contract/primitives";
import type { RunFacts } from "./facts.ts";

/** How a language writes what every letter has: the rest is in its words. */
export interface Manner {
  /** BCP 47, for `Intl`: says the order of a date, and 24 hours or twice twelve. */
  readonly locale: string;
  /** `Monday, 1 March 2027, 09:00` or `…, 09:00–17:00`: a day with a time of it. */
  onDay(day: string, hours: string): string;
  /** `Oslo time (UTC+2)` of the place that a zone is named after, and its distance from UTC. */
  zoneTime(place: string, offset: string): string;
  /** What stands for sittings that are too many to be listed, the last of which ends so. */
  moreSittings(count: number, end: string): string;
}

/** Days, hours and money as one language writes them. Every time of day names its zone. */
export interface Speech {
  /** `Monday, 1 March 2027` */
  day(at: Date, zone: string): string;
  /** `Monday, 1 March 2027, 09:00 Oslo time (UTC+1)` */
  moment(at: Date, zone: string): string;
  /** `1–3 March 2027`, or one day. */
  days(run: RunFacts): string;
  /** One line for each sitting, with its hours, zone and room. */
  sittings(run: RunFacts): string[];
  /** `NOK 12,500` */
  money(money: Money): string;
  /** `one, two and three` */
  list(words: readonly string[]): string;
}

const MINUTES_PER_HOUR = 60;
/** More than these are told by their beginning and their end. */
const SITTINGS_LISTED = 12;
const SITTINGS_SHOWN_OF_MANY = 5;

const DATE = { day: "numeric", month: "long", year: "numeric" } as const;
const DAY = { ...DATE, weekday: "long" } as const;
const CLOCK = { hour: "2-digit", minute: "2-digit" } as const;

/** Formatters are dear to make. There are as many as zones and currencies in use, times a few. */
const dates = new Map<string, Intl.DateTimeFormat>();
const amounts = new Map<string, Intl.NumberFormat>();

function dateFormat(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${Object.entries(options).join(" ")}`;
  const known = dates.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
  dates.set(key, known);
  return known;
}

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known =
    amounts.get(key) ??
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      trailingZeroDisplay: "stripIfInteger",
    });
  amounts.set(key, known);
  return known;
}

/** @returns how far a zone's clock is from UTC at that moment: `UTC+1`, `UTC−3:30`, `UTC` */
function utcOffset(at: Date, zone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const minutes = Math.round(zoned.offsetNanoseconds / 60_000_000_000);
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const rest = size % MINUTES_PER_HOUR;
  const hours = Math.floor(size / MINUTES_PER_HOUR);
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/** The place that a zone is named after; `undefined` for UTC and its like. */
function zonePlace(zone: string): string | undefined {
  if (!zone.includes("/") || zone.startsWith("Etc/")) return undefined;
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** @returns whether it is a zone that the runtime's tz data knows */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Now.instant().toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** @returns days, hours and money in the manner of a language */
export function speechOf(manner: Manner): Speech {
  const { locale } = manner;

  function inZone(at: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
    return dateFormat(locale, zone, options).format(at);
  }
  function zoneTime(at: Date, zone: string): string {
    const offset = utcOffset(at, zone);
    const place = zonePlace(zone);
    return place === undefined ? offset : manner.zoneTime(place, offset);
  }
  function clock(at: Date, zone: string): string {
    return inZone(at, zone, CLOCK);
  }
  function day(at: Date, zone: string): string {
    return inZone(at, zone, DAY);
  }
  function moment(at: Date, zone: string): string {
    return `${manner.onDay(day(at, zone), clock(at, zone))} ${zoneTime(at, zone)}`;
  }
  function stretch(from: Date, to: Date, zone: string): string {
    if (day(from, zone) !== day(to, zone)) return `${moment(from, zone)} – ${moment(to, zone)}`;
    const hours = `${clock(from, zone)}–${clock(to, zone)}`;
    return `${manner.onDay(day(from, zone), hours)} ${zoneTime(from, zone)}`;
  }

  return {
    day,
    moment,
    days: ({ startsAt, endsAt, zone }) =>
      dateFormat(locale, zone, DATE).formatRange(startsAt, endsAt),
    sittings(run) {
      const { zone, sittings } = run;
      const rooms = new Set(sittings.map(({ room }) => room));
      const lines = sittings.map(({ startsAt, endsAt, room }) => {
        const line = stretch(startsAt, endsAt, zone);
        // One room for all is said with the place.
        return rooms.size > 1 && room !== null ? `${line}, ${room}` : line;
      });
      if (lines.length <= SITTINGS_LISTED) return lines;
      return [
        ...lines.slice(0, SITTINGS_SHOWN_OF_MANY),
        manner.moreSittings(lines.length - SITTINGS_SHOWN_OF_MANY, moment(run.endsAt, zone)),
      ];
    },
    money({ amount, currency }) {
      const format = moneyFormat(locale, currency);
      return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    list: (words) => new Intl.ListFormat(locale, { type: "conjunction" }).format(words),
  };
}
