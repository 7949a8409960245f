import { CountryCode, Slug, line } from "@lectern/contract/primitives";
import { ReportBooker, ReportDimension, ReportPreset, ReportStep } from "@lectern/contract/reports";
import { DeliveryMode, EnquiryKind } from "@lectern/contract/vocabulary";
import { z } from "zod";
import {
  type FiltersOf,
  dayFilter,
  flagFilter,
  manyFilter,
  oneFilter,
} from "../../../office/address-filters.ts";

/** What stands in the address of a report: each reads what it has use for. */
export const FILTERS = z.object({
  period: oneFilter(ReportPreset),
  from: dayFilter(),
  to: dayFilter(),
  step: oneFilter(ReportStep),
  by: oneFilter(ReportDimension),
  topic: manyFilter(Slug),
  country: manyFilter(CountryCode),
  city: manyFilter(line(100)),
  mode: manyFilter(DeliveryMode),
  booker: oneFilter(ReportBooker),
  tentative: flagFilter(),
  kind: manyFilter(EnquiryKind),
});

export type ReportFilters = FiltersOf<typeof FILTERS>;

/** So many days a step has at least, and so many steps a report at most: what would be more is left to the server. */
const STEP_DAYS = { day: 1, week: 7, month: 28, quarter: 90, year: 365 } as const;
const STEPS_MAX = 118;
const DAY_MS = 86_400_000;
const SHORT: readonly (ReportPreset | undefined)[] = [
  "last_30_days",
  "next_30_days",
  "this_month",
  "last_month",
  "this_quarter",
  "last_quarter",
];

/** Whether a period cut by this step has no more steps than there may be. */
export function fitsStep({ period, from, to }: ReportFilters, step: ReportStep): boolean {
  const days =
    from === undefined || to === undefined
      ? SHORT.includes(period)
        ? 92
        : 366
      : 1 + Math.abs(Date.parse(to) - Date.parse(from)) / DAY_MS;
  return days / STEP_DAYS[step] <= STEPS_MAX;
}

/** @returns the period that is asked for: two dates, in either order, or a preset */
export function periodOf(filters: ReportFilters) {
  const { period, from, to, step } = filters;
  const fitting = step !== undefined && fitsStep(filters, step) ? step : null;
  if (from === undefined || to === undefined) return { preset: period, step: fitting };
  const [first, last] = from <= to ? [from, to] : [to, from];
  return { from: first, to: last, step: fitting };
}

/** @returns what is looked at */
export function placesOf({ topic, country, city, mode }: ReportFilters) {
  return {
    topics: topic ?? null,
    countries: country ?? null,
    cities: city ?? null,
    deliveryModes: mode ?? null,
  };
}
