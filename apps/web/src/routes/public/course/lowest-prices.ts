import type { Money } from "@lectern/contract/primitives";
import type { RunSummary } from "@lectern/contract/runs";

/** @returns the lowest price in each currency, those of the soonest dates first */
export function lowestPrices(runs: readonly RunSummary[]): Money[] {
  const lowest = new Map<string, Money>();
  for (const { price } of runs) {
    if (price === null) continue;
    const known = lowest.get(price.currency);
    if (known === undefined || price.amount < known.amount) lowest.set(price.currency, price);
  }
  return [...lowest.values()];
}
