import type { RunSummary } from "@lectern/contract/runs";

export interface MonthOfRuns {
  /** `2027-03`. */
  readonly month: string;
  readonly runs: readonly RunSummary[];
}

/** @returns the runs by the month in which they begin on their own clocks, in their order */
export function runsByMonth(runs: readonly RunSummary[]): MonthOfRuns[] {
  const months = Map.groupBy(runs, ({ localStart }) => localStart.slice(0, 7));
  return [...months].map(([month, there]) => ({ month, runs: there }));
}
