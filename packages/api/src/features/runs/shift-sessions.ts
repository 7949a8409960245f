import type { RunShift } from "@lectern/contract/runs";
import { invalid } from "../../domain-error.ts";
import { type ZonedStretch, zonedStretch } from "../../shared/zoned-time.ts";
import { isSensible } from "./session-pattern.ts";

interface Sitting {
  /** Wall-clock times such as `2027-03-28T09:00`. */
  readonly localStart: string;
  readonly localEnd: string;
}

const SATURDAY = 6;
const MINUTE = { smallestUnit: "minute" } as const;

/**
 * Moves sittings by days, and to another time of day. Those that are never at a weekend keep out of
 * weekends: where the first would begin at one, the next working day in the direction of the move is
 * taken, and the others stay as many working days after it as they were.
 *
 * @param sittings in order
 * @throws Invalid when one would go past midnight; as `zonedStretch`
 */
export function shiftSittings(
  sittings: readonly Sitting[],
  { days, minutes, usesWeekends }: RunShift,
  timeZone: string,
): ZonedStretch[] {
  const dates = sittings.map(({ localStart }) => dayOf(localStart));
  const [first] = dates;
  if (first === undefined) return [];
  const keepsOut = !usesWeekends && !dates.some(isWeekend);
  const start = keepsOut ? toWorkingDay(first.add({ days }), days) : first.add({ days });
  return sittings.map((sitting, index) => {
    const date = dates[index] ?? first;
    const target = keepsOut
      ? addWorkingDays(start, workingDaysBetween(first, date))
      : start.add(first.until(date));
    if (!isSensible(target))
      throw invalid("shift.days", `That would be in the year ${target.year}.`);
    const moved = date.until(target);
    const to = (local: string) => movedTo(local, moved, minutes);
    return zonedStretch(to(sitting.localStart), to(sitting.localEnd), timeZone, "timeZone");
  });
}

function movedTo(local: string, by: Temporal.Duration, minutes: number): string {
  const before = Temporal.PlainDateTime.from(local);
  const onDay = before.add(by);
  const moved = onDay.add({ minutes });
  if (!moved.toPlainDate().equals(onDay.toPlainDate())) {
    throw invalid("shift.minutes", `A session can't go past midnight: ${local} by ${minutes} min.`);
  }
  return moved.toString(MINUTE);
}

function dayOf(local: string): Temporal.PlainDate {
  return Temporal.PlainDateTime.from(local).toPlainDate();
}

function isWeekend(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek >= SATURDAY;
}

function toWorkingDay(day: Temporal.PlainDate, direction: number): Temporal.PlainDate {
  let found = day;
  while (isWeekend(found)) found = found.add({ days: direction < 0 ? -1 : 1 });
  return found;
}

function workingDaysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  let count = 0;
  for (let day = from; Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 })) {
    if (!isWeekend(day)) count += 1;
  }
  return count;
}

function addWorkingDays(from: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let day = from;
  for (let left = count; left > 0; left -= 1) day = toWorkingDay(day.add({ days: 1 }), 1);
  return day;
}
