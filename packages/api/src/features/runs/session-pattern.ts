import type { SessionPattern } from "@lectern/contract/runs";
import { invalid } from "../../domain-error.ts";
import { type ZonedStretch, zonedStretch } from "../../shared/zoned-time.ts";
import { holidaysIn } from "./public-holidays.ts";

/** So far ahead of its first day a pattern is followed: longer, and its weekdays or dates are a mistake. */
const DAYS_MAX = 800;

export const WEEKDAY_NUMBERS = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const;

/**
 * Lays out the sittings of a run: the first so many days from a date on that are one of the weekdays
 * and neither left out nor a public holiday.
 *
 * @returns the sittings in order, as wall-clock times with the instants derived from them
 * @throws Invalid for a country or zone that is not known, a time that ends before it starts, a date
 *   that does not exist, and a pattern that finds too few days
 */
export async function sessionsOf(
  pattern: SessionPattern,
  timeZone: string,
): Promise<ZonedStretch[]> {
  if (pattern.end <= pattern.start) {
    throw invalid("pattern.end", "A session has to end after it starts, on the same day.");
  }
  const weekdays = new Set<number>(pattern.weekdays.map((weekday) => WEEKDAY_NUMBERS[weekday]));
  const skipped = new Set(pattern.skipDates);
  const holidayOn = await holidaysIn(pattern.skipHolidaysOf ?? null);
  const sessions: ZonedStretch[] = [];
  const first = firstDayOf(pattern);
  for (let offset = 0; offset < DAYS_MAX && sessions.length < pattern.sessions; offset += 1) {
    const day = first.add({ days: offset });
    if (!isSensible(day)) break;
    const date = day.toString();
    if (!weekdays.has(day.dayOfWeek) || skipped.has(date) || holidayOn(day) !== undefined) continue;
    const [start, end] = [`${date}T${pattern.start}`, `${date}T${pattern.end}`];
    sessions.push(requireLasting(zonedStretch(start, end, timeZone, "timeZone")));
  }
  if (sessions.length < pattern.sessions) {
    throw invalid(
      "pattern",
      `Only ${sessions.length} of the ${pattern.sessions} sessions find a day within ${DAYS_MAX} days.`,
    );
  }
  return sessions;
}

/** The years that the wire takes: see `LocalDate` of the contract. */
export function isSensible({ year }: Temporal.PlainDate): boolean {
  return year >= 1000 && year <= 2999;
}

/** @throws Invalid for a session of which the clocks skip all */
export function requireLasting(sitting: ZonedStretch): ZonedStretch {
  if (sitting.endsAt > sitting.startsAt) return sitting;
  const { localStart, timeZone } = sitting;
  throw invalid("pattern.start", `The clocks of ${timeZone} skip the session on ${localStart}.`);
}

function firstDayOf(pattern: SessionPattern): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(pattern.from);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid("pattern.from", `${pattern.from} is not a date.`);
  }
}
