import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMoney, multiplyMoney, shareOf, spreadEvenly, subtractMoney } from "./money.ts";

/** Arithmetic in minor units, against integers that can't be inexact. */

/** Of 0, 2 and 3 decimals, and one that ISO 4217 no longer has. */
const CURRENCIES = ["JPY", "NOK", "KWD", "HRK"];
const currency = fc.constantFrom(...CURRENCIES);
/** The most that one booking may add up to. */
const amount = fc.integer({ min: 0, max: 100_000_000_00 });
const money = fc.record({ amount, currency });

describe("a share of an amount", () => {
  it("is whole minor units with the half rounded up, in every currency", () => {
    fc.assert(
      fc.property(money, fc.integer({ min: 0, max: 10_000 }), (whole, basisPoints) => {
        const exact = BigInt(whole.amount) * BigInt(basisPoints);
        expect(shareOf(whole, basisPoints)).toEqual({
          amount: Number((exact + 5_000n) / 10_000n),
          currency: whole.currency,
        });
      }),
    );
  });

  it.each([
    [1, 5_000, 1],
    [1, 4_999, 0],
    [3, 5_000, 2],
    [5, 1_000, 1],
    [999_99, 3_333, 333_30],
  ])("of %i at %i basis points is %i", (whole, basisPoints, expected) => {
    for (const code of CURRENCIES) {
      expect(shareOf({ amount: whole, currency: code }, basisPoints).amount).toBe(expected);
    }
  });
});

describe("an amount that is spread", () => {
  it("loses nothing, and gives parts that differ by one unit at most", () => {
    fc.assert(
      fc.property(money, fc.integer({ min: 1, max: 100 }), (whole, parts) => {
        const spread = spreadEvenly(whole, parts).map((part) => part.amount);
        expect(spread).toHaveLength(parts);
        expect(spread.reduce((sum, part) => sum + part, 0)).toBe(whole.amount);
        expect(Math.max(...spread) - Math.min(...spread)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("sums", () => {
  it("come out as they went in", () => {
    fc.assert(
      fc.property(amount, amount, currency, (a, b, code) => {
        const [one, other] = [
          { amount: a, currency: code },
          { amount: b, currency: code },
        ];
        expect(addMoney(one, other)).toEqual({ amount: a + b, currency: code });
        expect(subtractMoney(one, other)).toEqual({ amount: a - b, currency: code });
        expect(multiplyMoney(one, 20)).toEqual({ amount: a * 20, currency: code });
      }),
    );
  });

  it("of two currencies there are none", () => {
    const [kroner, euro] = [
      { amount: 1, currency: "NOK" },
      { amount: 1, currency: "EUR" },
    ];
    expect(() => addMoney(kroner, euro)).toThrow("same currency");
    expect(() => subtractMoney(kroner, euro)).toThrow("same currency");
  });
});
