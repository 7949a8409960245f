import type { Reach } from "@lectern/auth/actor";
import type { ReportBooker, ReportPeriod } from "@lectern/contract/reports";
import type { DeliveryMode } from "@lectern/contract/vocabulary";
import type { Values } from "@lectern/database/prepared";
import type { SUMS_ASKED } from "./read-sums.ts";
import { spansOf } from "./spans.ts";

/** What a report is narrowed down to. */
export interface ReportFilter {
  readonly topics?: readonly string[] | null | undefined;
  readonly countries?: readonly string[] | null | undefined;
  readonly cities?: readonly string[] | null | undefined;
  readonly deliveryModes?: readonly DeliveryMode[] | null | undefined;
  readonly booker?: ReportBooker | null | undefined;
}

/** @returns the parameters of a question about sums */
export function lookedAt(
  period: ReportPeriod,
  filter: ReportFilter,
  { everywhere, countries }: Reach,
): Values<typeof SUMS_ASKED> {
  const spans = spansOf(period);
  return {
    timeZone: period.timeZone,
    grains: spans.map(({ grain }) => grain),
    firsts: spans.map(({ first }) => first),
    numbers: spans.map(({ number }) => number),
    topics: chosen(filter.topics),
    countries: chosen(filter.countries),
    cities: chosen(filter.cities),
    deliveryModes: chosen(filter.deliveryModes),
    isCompany: filter.booker == null ? null : filter.booker === "company",
    everywhere,
    reachCountries: countries,
  };
}

/** Nothing chosen is everything. */
export function chosen<Choice>(
  choices: readonly Choice[] | null | undefined,
): readonly Choice[] | null {
  return choices == null || choices.length === 0 ? null : choices;
}
