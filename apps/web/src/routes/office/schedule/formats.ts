import { kept } from "../../../format/locale.ts";

/** What calendars write beside whole dates. Local times are written as they stand. */

const formatter = kept(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

function write(local: string, options: Intl.DateTimeFormatOptions): string {
  const time = local.length === 10 ? `${local}T00:00` : local;
  return formatter({ ...options, timeZone: "UTC" }).format(new Date(`${time}Z`));
}

/** `09:00` of a wall-clock time. */
export function formatTime(local: string): string {
  return write(local, { timeStyle: "short" });
}

/** `Mon` */
export function formatWeekday(day: string): string {
  return write(day, { weekday: "short" });
}

/** `Mon 1 Mar` */
export function formatWeekdayDate(day: string): string {
  return write(day, { weekday: "short", day: "numeric", month: "short" });
}
