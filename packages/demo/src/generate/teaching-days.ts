import type { Country } from "../content/venues.ts";
import { isPublicHoliday } from "../holidays.ts";

/** The academy is closed between these days of each year, both included. */
const CLOSED_FROM = { month: 12, day: 22 };
const CLOSED_TO = { month: 1, day: 2 };

const FRIDAY = 5;

/** @returns whether courses are taught on that date in a country */
export function isTeachingDay(date: Temporal.PlainDate, country: Country): boolean {
  return date.dayOfWeek <= FRIDAY && !isClosed(date) && !isPublicHoliday(country, date);
}

/** @returns the first teaching days on or after a date, as many as asked for */
export function teachingDays(
  from: Temporal.PlainDate,
  count: number,
  country: Country,
): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let date = from; days.length < count; date = date.add({ days: 1 })) {
    if (isTeachingDay(date, country)) days.push(date);
  }
  return days;
}

/**
 * The ways in which so many teaching days fit into one week, earliest first. A public holiday among
 * them is skipped.
 *
 * @param monday of that week
 */
export function fittingDays(
  monday: Temporal.PlainDate,
  count: number,
  country: Country,
): Temporal.PlainDate[][] {
  const open = [0, 1, 2, 3, 4]
    .map((days) => monday.add({ days }))
    .filter((date) => isTeachingDay(date, country));
  return open.flatMap((_, i) => (i + count <= open.length ? [open.slice(i, i + count)] : []));
}

export function mondayOf(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.subtract({ days: date.dayOfWeek - 1 });
}

function isClosed({ month, day }: Temporal.PlainDate): boolean {
  return (
    (month === CLOSED_FROM.month && day >= CLOSED_FROM.day) ||
    (month === CLOSED_TO.month && day <= CLOSED_TO.day)
  );
}
