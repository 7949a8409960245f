import { kept } from "./locale.ts";

/** How the steps of a report are written, below a chart where there is little room. */

const formatter = kept(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

function asUtc(date: string): Date {
  return new Date(`${date}T00:00Z`);
}

/** `1 Mar` of a date. */
export function formatShortDay(date: string): string {
  return formatter({ day: "numeric", month: "short", timeZone: "UTC" }).format(asUtc(date));
}

/** `Mar 27` of a date. */
export function formatShortMonth(date: string): string {
  return formatter({ month: "short", year: "2-digit", timeZone: "UTC" }).format(asUtc(date));
}

/** `2027` of a date. */
export function formatYear(date: string): string {
  return formatter({ year: "numeric", timeZone: "UTC" }).format(asUtc(date));
}

/** @returns which quarter of its year a date is in, from 1 */
export function quarterOf(date: string): number {
  return Math.ceil(Number(date.slice(5, 7)) / 3);
}
