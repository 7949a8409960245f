import { kept } from "./locale.ts";

const formatter = kept(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long ago something was, in the largest unit that it fills: `2 hr ago`, `3 days ago`, `now`.
 *
 * @param now in ms; what lies ahead of it, by a clock that is off, is now
 */
export function formatAgo(instant: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(instant));
  if (ms < MINUTE_MS) return formatter({ numeric: "auto" }).format(0, "second");
  // Words such as “yesterday” are of days of the calendar, which nobody counts here.
  const format = formatter({ style: "short", numeric: "always" });
  if (ms < HOUR_MS) return format.format(-Math.floor(ms / MINUTE_MS), "minute");
  if (ms < DAY_MS) return format.format(-Math.floor(ms / HOUR_MS), "hour");
  return format.format(-Math.floor(ms / DAY_MS), "day");
}
