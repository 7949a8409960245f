import { PRICE_STEP_KINDS, type PriceStep } from "@lectern/contract/prices";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { priceLines, savedBy } from "./price-lines.ts";

const step = fc.record({
  kind: fc.constantFrom(...PRICE_STEP_KINDS),
  amount: fc.integer({ min: -10_000_000, max: 10_000_000 }),
  basisPoints: fc.option(fc.integer({ min: 0, max: 10_000 })),
  detail: fc.option(fc.constantFrom("SPRING", "3", "2027-03-01T00:00:00.000Z")),
});

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

describe("the lines of a price", () => {
  it("put the steps of all places together that are alike", () => {
    const place: PriceStep[] = [
      { kind: "base", amount: 1000, basisPoints: null, detail: null },
      { kind: "early_bird", amount: -100, basisPoints: 1000, detail: "2027-01-01T00:00:00.000Z" },
    ];
    const code = { kind: "discount_code", basisPoints: null, detail: "SPRING" } as const;
    const lines = priceLines([
      [...place, { ...code, amount: -34 }],
      [...place, { ...code, amount: -33 }],
    ]);
    expect(lines).toMatchObject([
      { kind: "base", amount: 2000, count: 2 },
      { kind: "early_bird", amount: -200, count: 2, basisPoints: 1000 },
      { kind: "discount_code", amount: -67, count: 2, detail: "SPRING" },
    ]);
    expect(savedBy("discount_code", lines)).toBe(67);
    expect(savedBy("volume", lines)).toBe(0);
    expect(priceLines([])).toEqual([]);
  });

  it("add up to what the places cost together, and are all different", () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 20 }), (places) => {
        const lines = priceLines(places);
        expect(sum(lines.map(({ amount }) => amount))).toBe(
          sum(places.flat().map(({ amount }) => amount)),
        );
        const keys = lines.map(({ kind, basisPoints, detail }) =>
          JSON.stringify([kind, basisPoints, detail]),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
