import type { Minutes, PriceList } from "../rules/academy.ts";

interface PriceRules {
  earlyBird: { until: string; basisPoints: number }[];
  volume: { fromPlaces: number; basisPoints: number }[];
}

/** @returns the rules of a price list in the engine's words */
export function priceRulesIn(
  { earlyBird, volume }: PriceList,
  dateOf: (minutes: Minutes) => Date,
): PriceRules {
  return {
    earlyBird: earlyBird.map(({ until, basisPoints }) => ({
      until: dateOf(until).toISOString(),
      basisPoints,
    })),
    volume: volume.map((rule) => ({ ...rule })),
  };
}
