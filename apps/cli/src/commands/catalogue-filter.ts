import type { CatalogueFilter } from "@lectern/contract/filters";
import type { CourseLevel, DeliveryMode } from "@lectern/contract/vocabulary";

/** What the catalogue and the upcoming runs are narrowed by on the command line. */
export interface FilterOptions {
  readonly search?: string;
  readonly topic?: readonly string[];
  readonly level?: readonly CourseLevel[];
  readonly language?: readonly string[];
  readonly mode?: readonly DeliveryMode[];
  readonly country?: readonly string[];
  readonly city?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

function some<Value>(values: readonly Value[] = []): Value[] | null {
  return values.length === 0 ? null : [...values];
}

/** @returns the filter in the contract's words */
export function filterOf(options: FilterOptions): CatalogueFilter {
  return {
    query: options.search ?? null,
    topics: some(options.topic),
    levels: some(options.level),
    languages: some(options.language),
    deliveryModes: some(options.mode),
    countries: some(options.country?.map((code) => code.toUpperCase())),
    cities: some(options.city),
    from: options.from ?? null,
    to: options.to ?? null,
  };
}
