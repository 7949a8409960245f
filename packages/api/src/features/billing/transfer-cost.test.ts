import type { StoredCancellationPolicy } from "@lectern/database/schema/scheduling";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Move, transferCost } from "./transfer-cost.ts";

const STARTS_AT = new Date("2027-06-01T07:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;
const POLICY: StoredCancellationPolicy = {
  tiers: [{ daysBefore: 0, feeBasisPoints: 10_000, transferFeeBasisPoints: 1000 }],
};

const kroner = (amount: number) => ({ amount, currency: "NOK" });

function move(overrides: Partial<Move> = {}): Move {
  return {
    policy: POLICY,
    oldPrice: kroner(1_000_00),
    newPrice: kroner(1_000_00),
    startsAt: STARTS_AT,
    at: new Date(STARTS_AT.getTime() - 3 * DAY_MS),
    isFree: false,
    ...overrides,
  };
}

describe("moving to another run", () => {
  it.each([
    [1_000_00, { fee: 100_00, difference: 0, toPay: 100_00, refund: 0 }],
    [1_500_00, { fee: 100_00, difference: 500_00, toPay: 600_00, refund: 0 }],
    [950_00, { fee: 100_00, difference: -50_00, toPay: 50_00, refund: 0 }],
    [900_00, { fee: 100_00, difference: -100_00, toPay: 0, refund: 0 }],
    [400_00, { fee: 100_00, difference: -600_00, toPay: 0, refund: 500_00 }],
  ])("whose price is %i settles fee and difference against each other", (price, settled) => {
    expect(transferCost(move({ newPrice: kroner(price) }))).toEqual({
      ok: true,
      noticeDays: 3,
      feeBasisPoints: 1000,
      ...settled,
    });
  });

  it("costs no fee when it is the academy's doing, and the difference all the same", () => {
    expect(transferCost(move({ newPrice: kroner(1_200_00), isFree: true }))).toEqual({
      ok: true,
      noticeDays: 3,
      feeBasisPoints: 0,
      fee: 0,
      difference: 200_00,
      toPay: 200_00,
      refund: 0,
    });
  });

  it("with a price in another currency is refused", () => {
    expect(transferCost(move({ newPrice: { amount: 1, currency: "EUR" } }))).toEqual({
      ok: false,
      reason: "other_currency",
    });
  });

  it("from or to a price on request leaves the difference open", () => {
    const open = { difference: null, toPay: null, refund: null };
    expect(transferCost(move({ newPrice: null }))).toMatchObject({ ...open, fee: 100_00 });
    expect(transferCost(move({ oldPrice: null }))).toMatchObject({ ...open, fee: null });
    expect(transferCost(move({ oldPrice: null, isFree: true }))).toMatchObject({ fee: null });
  });

  it("always balances, and never both asks and gives", () => {
    const amount = fc.integer({ min: 0, max: 5_000_000_00 });
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.integer({ min: 0, max: 10_000 }),
        fc.boolean(),
        (before, after, feeBasisPoints, isFree) => {
          const policy = {
            tiers: [{ daysBefore: 0, feeBasisPoints: 0, transferFeeBasisPoints: feeBasisPoints }],
          };
          const [oldPrice, newPrice] = [kroner(before), kroner(after)];
          const cost = transferCost(move({ policy, oldPrice, newPrice, isFree }));
          if (!cost.ok) throw new Error("It was refused");
          const { fee, difference, toPay, refund } = cost;
          expect((toPay ?? NaN) - (refund ?? NaN)).toBe((fee ?? NaN) + (difference ?? NaN));
          expect(Math.min(toPay ?? NaN, refund ?? NaN)).toBe(0);
        },
      ),
    );
  });
});
