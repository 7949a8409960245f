import { kept } from "./locale.ts";

/**
 * How dates and times are written. Sessions keep their local wall time, so most of this needs no time
 * zone data: local times are written as they stand, and the distance from UTC is what lies between a
 * local time and its instant.
 */

/** A stretch of time as the API gives it. */
export interface When {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  /** Wall-clock time, `2027-03-01T09:00`. */
  readonly localStart: string;
  readonly localEnd: string;
}

const MINUTES_PER_HOUR = 60;
const MS_PER_MINUTE = 60_000;

const formatter = kept(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

/** Reads a wall-clock time as if it were UTC, to write it down again in UTC. */
function asUtc(local: string): Date {
  return new Date(`${local.length === 10 ? `${local}T00:00` : local}Z`);
}

const DAY = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
const LONG_DAY = { ...DAY, weekday: "long", month: "long" } as const;
const DAY_OF_MONTH = { day: "numeric", month: "short", timeZone: "UTC" } as const;
const CLOCK = { timeStyle: "short", timeZone: "UTC" } as const;
const MONTH = { month: "long", year: "numeric", timeZone: "UTC" } as const;

/** `1 Mar 2027` from a wall-clock time or date. */
export function formatDay(local: string): string {
  return formatter(DAY).format(asUtc(local));
}

/** `Monday, 1 March 2027` from a wall-clock time or date. */
export function formatLongDay(local: string): string {
  return formatter(LONG_DAY).format(asUtc(local));
}

/** `March 2027` from a wall-clock time or date. */
export function formatMonth(local: string): string {
  return formatter(MONTH).format(asUtc(local));
}

/** `1–3 Mar 2027`, or one day. */
export function formatDays(localStart: string, localEnd: string): string {
  return formatter(DAY).formatRange(asUtc(localStart), asUtc(localEnd));
}

/** `1–3 Mar`, for where the year is said elsewhere. */
export function formatDaysOfYear(localStart: string, localEnd: string): string {
  return formatter(DAY_OF_MONTH).formatRange(asUtc(localStart), asUtc(localEnd));
}

/** `2027-03-01` of a wall-clock time. */
export function dateOf(local: string): string {
  return local.slice(0, 10);
}

/** `09:00–17:00`, the hours of the first day to those of the last. */
export function formatHours(localStart: string, localEnd: string): string {
  // As if it were one day: of two, the dates would be said.
  const day = dateOf(localStart);
  const end = day + localEnd.slice(day.length);
  return formatter(CLOCK).formatRange(asUtc(localStart), asUtc(end));
}

/** `09:00–17:00` of two instants on the clock of whoever reads. */
export function formatOwnHours(startsAt: string, endsAt: string): string {
  return formatHours(onOwnClock(startsAt), onOwnClock(endsAt));
}

/** The wall-clock time of an instant where it is read. */
function onOwnClock(instant: string): string {
  const there = new Date(instant);
  const ahead = there.getTimezoneOffset() * MS_PER_MINUTE;
  return new Date(there.getTime() - ahead).toISOString().slice(0, 16);
}

/**
 * @param local a wall-clock time
 * @param instant the same moment in UTC
 * @returns how far the clock on the wall is from UTC: `UTC+1`, `UTC−3:30`, `UTC`
 */
export function utcOffset(local: string, instant: string): string {
  const minutes = Math.round((asUtc(local).getTime() - Date.parse(instant)) / MS_PER_MINUTE);
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const rest = size % MINUTES_PER_HOUR;
  const sign = minutes < 0 ? "−" : "+";
  const hours = Math.floor(size / MINUTES_PER_HOUR);
  return `UTC${sign}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/** `2027-03-01T09:00+01:00`: a wall-clock time with its distance from UTC (RFC 3339, without seconds). */
export function withOffset(local: string, instant: string): string {
  const minutes = Math.round((asUtc(local).getTime() - Date.parse(instant)) / MS_PER_MINUTE);
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / MINUTES_PER_HOUR)).padStart(2, "0");
  const rest = String(size % MINUTES_PER_HOUR).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${hours}:${rest}`;
}

/** The place that a time zone is named after: `Oslo` of `Europe/Oslo`; `undefined` for UTC and the like. */
export function zonePlace(timeZone: string): string | undefined {
  if (!timeZone.includes("/") || timeZone.startsWith("Etc/")) return undefined;
  return timeZone.slice(timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** `1 Mar 2027, 09:00` of an instant, on the clock of a time zone; the reader's own without one. */
export function formatInstant(instant: string, timeZone?: string): string {
  return formatter({
    dateStyle: "medium",
    timeStyle: "short",
    ...(timeZone && { timeZone }),
  }).format(new Date(instant));
}

/** `1 Mar 2027, 09:00 Oslo` of an instant: on the clock of a time zone, which is named. */
export function formatInstantIn(instant: string, timeZone: string): string {
  return `${formatInstant(instant, timeZone)} ${zonePlace(timeZone) ?? timeZone}`;
}

/** `1 Mar 2027` of an instant, in UTC without a time zone: for what has a day and no clock, such as an article. */
export function formatInstantDay(instant: string, timeZone = "UTC"): string {
  return formatter({ ...DAY, timeZone }).format(new Date(instant));
}
