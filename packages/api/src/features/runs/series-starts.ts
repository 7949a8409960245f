import type { SeriesStarts } from "@lectern/contract/scheduling";
import { WEEKDAY_NUMBERS } from "./session-pattern.ts";

const DAYS_OF_WEEK = 7;

/**
 * @returns the dates on which the runs of a series are to begin, in order, each once: those that are
 *   listed, or the first so many on these days of every so manieth week, the week of `from` being the first
 */
export function seriesStarts(starts: SeriesStarts): string[] {
  if (starts.kind === "dates") return [...new Set(starts.dates)].toSorted();
  const from = Temporal.PlainDate.from(starts.from);
  const monday = from.subtract({ days: from.dayOfWeek - 1 });
  const weekdays = [...new Set(starts.weekdays.map((weekday) => WEEKDAY_NUMBERS[weekday]))];
  const offsets = weekdays.map((weekday) => weekday - 1).toSorted((a, b) => a - b);
  const dates: string[] = [];
  for (let week = 0; dates.length < starts.runs; week += starts.everyWeeks) {
    for (const offset of offsets) {
      const date = monday.add({ days: week * DAYS_OF_WEEK + offset });
      const isTooSoon = Temporal.PlainDate.compare(date, from) < 0;
      if (!isTooSoon && dates.length < starts.runs) dates.push(date.toString());
    }
  }
  return dates;
}
