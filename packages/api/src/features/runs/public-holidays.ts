import type { SessionPattern } from "@lectern/contract/runs";
import { invalid } from "../../domain-error.ts";

/**
 * Knows the public holidays of a country, or of one region of it. The library with the rules of the
 * world is loaded with the first question.
 *
 * @param place as in `pattern.skipHolidaysOf`; `null` where nothing is to be skipped
 * @returns whether a day is one
 * @throws Invalid for a country or region that the library does not know
 */
export async function isHolidayIn(
  place: NonNullable<SessionPattern["skipHolidaysOf"]> | null,
): Promise<(day: Temporal.PlainDate) => boolean> {
  if (place === null) return () => false;
  const { default: Holidays } = await import("date-holidays");
  const { country, region } = place;
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
  const byYear = new Map<number, Set<string>>();
  return (day) => {
    let dates = byYear.get(day.year);
    if (dates === undefined) {
      const holidays = calendar.getHolidays(day.year).filter(({ type }) => type === "public");
      dates = new Set(holidays.flatMap(daysOf));
      byYear.set(day.year, dates);
    }
    return dates.has(day.toString());
  };
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
