import { CountryCode, Id } from "@lectern/contract/primitives";
import { RunStatus } from "@lectern/contract/vocabulary";
import { z } from "zod";
import { dayFilter, manyFilter, oneFilter } from "../../../office/address-filters.ts";
import type { FiltersOf } from "../../../office/address-filters.ts";
import { addDays, addMonths, daysFrom, mondayOf, weeksOfMonth } from "./days.ts";

export const VIEWS = ["month", "week", "rooms", "people"] as const;
export type View = (typeof VIEWS)[number];

/** The calendar as its address has it. */
export const SCHEDULE_FILTERS = z.object({
  view: oneFilter(z.enum(VIEWS)),
  date: dayFilter(),
  status: manyFilter(RunStatus),
  country: manyFilter(CountryCode),
  venue: manyFilter(Id),
  instructor: manyFilter(Id),
  course: oneFilter(Id),
});
export type ScheduleFilters = FiltersOf<typeof SCHEDULE_FILTERS>;

const DAYS_OF_WEEK = 7;

/** @returns the days that a view shows, in rows of seven */
export function daysOfView(view: View, date: string): string[][] {
  return view === "month" ? weeksOfMonth(date) : [daysFrom(mondayOf(date), DAYS_OF_WEEK)];
}

/** @returns the day to which a view goes on, or back */
export function turned(view: View, date: string, by: 1 | -1): string {
  return view === "month" ? addMonths(date, by) : addDays(date, by * DAYS_OF_WEEK);
}
