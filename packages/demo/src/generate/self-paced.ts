import { courses } from "../content/courses/index.ts";
import type { Random } from "../random.ts";
import { priceIn } from "./price-list.ts";
import type { PlannedRun } from "./runs.ts";
import { isTeachingDay } from "./teaching-days.ts";
import { stretch } from "./zoned.ts";

const SHARE_OF_PRICE = 0.4;
const PLACES = 60;
const MONTHS_OF_ACCESS = 6;
const HOME = { country: "GB", timeZone: "Europe/London", currency: "GBP" } as const;

/**
 * Entries into the self-paced courses: one that is under way, and one at the beginning of each of
 * two later months. They have no sittings and no room.
 */
export function planSelfPaced(today: Temporal.PlainDate, random: Random): PlannedRun[] {
  return courses
    .filter((course) => course.deliveryModes.includes("self_paced"))
    .flatMap((course) => {
      const offset = random.fork(course.code).integer(1, 2);
      return [-offset, offset, offset + 3].map((months) => {
        const first = firstTeachingDay(today.with({ day: 1 }).add({ months }));
        const last = first.add({ months: MONTHS_OF_ACCESS });
        return {
          ...stretch(first, "09:00", "17:00", HOME.timeZone, last),
          course,
          mode: "self_paced" as const,
          city: null,
          language: "en" as const,
          capacity: PLACES,
          minPlaces: 0,
          price: priceIn(HOME.currency, course.pounds, SHARE_OF_PRICE),
          sessions: [],
        };
      });
    });
}

function firstTeachingDay(from: Temporal.PlainDate): Temporal.PlainDate {
  let date = from;
  while (!isTeachingDay(date, HOME.country)) date = date.add({ days: 1 });
  return date;
}
