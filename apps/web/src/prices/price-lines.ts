import type { PriceStep } from "@lectern/contract/prices";

/** One line of a price: what it is for, and what it comes to over all places. */
export interface PriceLine {
  readonly kind: PriceStep["kind"];
  /** In minor units; below zero for what makes it cheaper. */
  readonly amount: number;
  /** How many places it is for. */
  readonly count: number;
  readonly basisPoints: number | null;
  readonly detail: string | null;
}

/**
 * Adds up the steps of several places' prices, those alike in one line, in the order in which they first
 * occur. The lines add up to what the places cost together.
 *
 * @param places the steps of each place
 */
export function priceLines(places: readonly (readonly PriceStep[])[]): PriceLine[] {
  const lines = new Map<string, PriceLine>();
  for (const steps of places) {
    for (const { kind, amount, basisPoints = null, detail = null } of steps) {
      const key = JSON.stringify([kind, basisPoints, detail]);
      const line = lines.get(key);
      lines.set(key, {
        kind,
        basisPoints,
        detail,
        amount: (line?.amount ?? 0) + amount,
        count: (line?.count ?? 0) + 1,
      });
    }
  }
  return [...lines.values()];
}

/** @returns what is saved, in minor units, at least 0: what the lines of a kind take off */
export function savedBy(kind: PriceStep["kind"], lines: readonly PriceLine[]): number {
  const taken = lines.filter((line) => line.kind === kind);
  return Math.max(0, -taken.reduce((sum, { amount }) => sum + amount, 0));
}
