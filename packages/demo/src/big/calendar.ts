import { isTeachingDay } from "../generate/teaching-days.ts";
import { instantOf } from "../generate/zoned.ts";
import type { BigCity } from "./cities.ts";

/** A stretch of wall-clock time, with its instants. */
export interface Sitting {
  readonly localStart: string;
  readonly localEnd: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const FROM = Temporal.PlainTime.from("09:00");
const TO = Temporal.PlainTime.from("17:00");

/**
 * The teaching days of a city, worked out once: converting a million wall-clock times one by one
 * takes longer than writing the rows.
 *
 * @returns so many days from a date on, holidays left out
 */
export function teachingCalendar(city: BigCity, from: Temporal.PlainDate, days: number): Sitting[] {
  const sittings: Sitting[] = [];
  for (let date = from; sittings.length < days; date = date.add({ days: 1 })) {
    if (isTeachingDay(date, city.country)) sittings.push(sittingOn(date, city.timeZone));
  }
  return sittings;
}

function sittingOn(date: Temporal.PlainDate, timeZone: string): Sitting {
  const start = date.toPlainDateTime(FROM);
  const end = date.toPlainDateTime(TO);
  return {
    localStart: start.toString(),
    localEnd: end.toString(),
    startsAt: instantOf(start, timeZone),
    endsAt: instantOf(end, timeZone),
  };
}
