import type { RunSummary } from "@lectern/contract/runs";

export interface PlaceOfRuns {
  readonly key: string;
  /** `null`: online. */
  readonly city: string | null;
  readonly country: string | null;
  readonly runs: readonly RunSummary[];
}

/** @returns the runs by city, those online together; the place with the soonest run first */
export function runsByPlace(runs: readonly RunSummary[]): PlaceOfRuns[] {
  const places = Map.groupBy(runs, ({ venue }) =>
    venue === null ? "online" : `${venue.country} ${venue.city}`,
  );
  return [...places].map(([key, there]) => {
    const venue = there[0]?.venue ?? null;
    return { key, city: venue?.city ?? null, country: venue?.country ?? null, runs: there };
  });
}
