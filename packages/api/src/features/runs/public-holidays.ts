import type { SessionPattern } from "@lectern/contract/runs";
import { invalid } from "../../domain-error.ts";

type Place = NonNullable<SessionPattern["skipHolidaysOf"]>;

/** Working out the holidays of a country takes long enough to keep them, of a few countries and years. */
const CALENDARS_KEPT = 50;
const YEARS_KEPT = 20;
const calendars = new Map<string, HolidayOn>();

/** The name of the public holiday that a day is; `undefined` for all other days. */
export type HolidayOn = (day: Temporal.PlainDate) => string | undefined;

/**
 * Knows the public holidays of a country, or of one region of it. The library with the rules of the
 * world is loaded with the first question.
 *
 * @param place as in `pattern.skipHolidaysOf`; `null` where nothing is to be skipped
 * @throws Invalid for a country or region that the library does not know
 */
export async function holidaysIn(place: Place | null): Promise<HolidayOn> {
  if (place === null) return () => undefined;
  const { country, region } = place;
  const key = `${country} ${region ?? ""}`;
  const kept = calendars.get(key);
  if (kept !== undefined) return kept;
  const { default: Holidays } = await import("date-holidays");
  if (new Holidays().getCountries()[country] === undefined) {
    throw invalid("pattern.skipHolidaysOf.country", `We know no public holidays of ${country}.`);
  }
  const regions = new Holidays().getStates(country);
  if (region !== null && region !== undefined && regions?.[region] === undefined) {
    const known = Object.keys(regions ?? {});
    throw invalid(
      "pattern.skipHolidaysOf.region",
      known.length === 0
        ? `We know no regions of ${country}.`
        : `We know no region ${region} of ${country}; there are ${known.join(", ")}.`,
    );
  }
  const calendar = new Holidays({ country, ...(region && { state: region }) });
  const byYear = new Map<number, Map<string, string>>();
  const holidayOn: HolidayOn = (day) => {
    let names = byYear.get(day.year);
    if (names === undefined) {
      if (byYear.size >= YEARS_KEPT) byYear.clear();
      const holidays = calendar.getHolidays(day.year, "en").filter(({ type }) => type === "public");
      names = new Map(holidays.flatMap((one) => daysOf(one).map((date) => [date, one.name])));
      byYear.set(day.year, names);
    }
    return names.get(day.toString());
  };
  if (calendars.size >= CALENDARS_KEPT) calendars.clear();
  calendars.set(key, holidayOn);
  return holidayOn;
}

/** @returns the same for a country of which nothing may be known, and then there are none */
export async function knownHolidaysIn(place: Place | null): Promise<HolidayOn> {
  if (place === null) return () => undefined;
  const { default: Holidays } = await import("date-holidays");
  const isKnown = new Holidays().getCountries()[place.country] !== undefined;
  return holidaysIn(isKnown ? place : null);
}

const DAY_MS = 86_400_000;
/** A day on which clocks change is an hour short; feasts that begin at sunset are some hours long. */
const DAY_TOLERANCE = 0.1;

/** The whole days of a holiday: `date` names the first, and feasts last several. */
function daysOf(holiday: { date: string; start: Date; end: Date }): string[] {
  const first = Temporal.PlainDate.from(holiday.date.slice(0, 10));
  const length = (holiday.end.getTime() - holiday.start.getTime()) / DAY_MS;
  const days = Math.max(1, Math.floor(length + DAY_TOLERANCE));
  return Array.from({ length: days }, (_, index) => first.add({ days: index }).toString());
}
