import type { StoredCancellationPolicy } from "@lectern/database/schema/scheduling";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cancellationCost } from "./cancellation-cost.ts";

const STARTS_AT = new Date("2027-06-01T07:00:00Z");
const HOUR_MS = 60 * 60 * 1000;
const PRICE = { amount: 10_000_00, currency: "NOK" };

/** As the demo academy has it. */
const POLICY: StoredCancellationPolicy = {
  tiers: [
    { daysBefore: 28, feeBasisPoints: 0 },
    { daysBefore: 14, feeBasisPoints: 2500, transferFeeBasisPoints: 1000 },
    { daysBefore: 7, feeBasisPoints: 5000, transferFeeBasisPoints: 2500 },
    { daysBefore: 0, feeBasisPoints: 10_000, transferFeeBasisPoints: 10_000 },
  ],
};

function hoursBefore(hours: number): Date {
  return new Date(STARTS_AT.getTime() - hours * HOUR_MS);
}

function cancelling(policy: StoredCancellationPolicy, at: Date) {
  return cancellationCost(policy, PRICE, STARTS_AT, at, "cancel");
}

describe("cancelling", () => {
  it.each([
    [28 * 24, 28, 0, 0],
    [28 * 24 - 0.001, 27, 2500, 2_500_00],
    [14 * 24, 14, 2500, 2_500_00],
    [13.5 * 24, 13, 5000, 5_000_00],
    [7 * 24, 7, 5000, 5_000_00],
    [6.9 * 24, 6, 10_000, 10_000_00],
    [0, 0, 10_000, 10_000_00],
    [-1, -1, 10_000, 10_000_00],
  ])(
    "%f hours before is with %i days of notice, and costs %i basis points",
    (hours, days, fee, kept) => {
      expect(cancelling(POLICY, hoursBefore(hours))).toEqual({
        noticeDays: days,
        feeBasisPoints: fee,
        fee: kept,
        refund: PRICE.amount - kept,
      });
    },
  );

  it("costs everything with less notice than any tier asks for", () => {
    const policy = { tiers: [{ daysBefore: 14, feeBasisPoints: 0 }] };
    expect(cancelling(policy, hoursBefore(14 * 24)).fee).toBe(0);
    expect(cancelling(policy, hoursBefore(13 * 24))).toMatchObject({
      fee: PRICE.amount,
      refund: 0,
    });
  });

  it("costs nothing where nothing is laid down", () => {
    expect(cancelling({ tiers: [] }, hoursBefore(1))).toMatchObject({
      feeBasisPoints: 0,
      fee: 0,
      refund: PRICE.amount,
    });
  });

  it("of a place whose price is on request tells the tier alone", () => {
    expect(cancellationCost(POLICY, null, STARTS_AT, hoursBefore(200), "cancel")).toEqual({
      noticeDays: 8,
      feeBasisPoints: 5000,
      fee: null,
      refund: null,
    });
  });

  it("rounds half a minor unit of the fee up", () => {
    const policy = { tiers: [{ daysBefore: 0, feeBasisPoints: 5000 }] };
    const price = { amount: 5, currency: "JPY" };
    expect(cancellationCost(policy, price, STARTS_AT, hoursBefore(1), "cancel")).toMatchObject({
      fee: 3,
      refund: 2,
    });
  });
});

describe("transferring", () => {
  it("costs what the tier says of transfers", () => {
    const costs = (hours: number) =>
      cancellationCost(POLICY, PRICE, STARTS_AT, hoursBefore(hours), "transfer").fee;
    expect([costs(28 * 24), costs(14 * 24), costs(7 * 24), costs(1)]).toEqual([
      0, 1_000_00, 2_500_00, 10_000_00,
    ]);
  });

  it("costs as much as cancelling where the tier does not mention it", () => {
    const policy = { tiers: [{ daysBefore: 0, feeBasisPoints: 5000 }] };
    expect(cancellationCost(policy, PRICE, STARTS_AT, hoursBefore(1), "transfer").fee).toBe(
      5_000_00,
    );
  });

  it("costs everything with less notice than any tier asks for", () => {
    const policy = { tiers: [{ daysBefore: 14, feeBasisPoints: 0, transferFeeBasisPoints: 500 }] };
    expect(
      cancellationCost(policy, PRICE, STARTS_AT, hoursBefore(24), "transfer").feeBasisPoints,
    ).toBe(10_000);
  });
});

describe("any policy", () => {
  const fee = fc.integer({ min: 0, max: 10_000 });
  const tiers = fc.uniqueArray(
    fc.record({
      daysBefore: fc.integer({ min: 0, max: 60 }),
      feeBasisPoints: fee,
      transferFeeBasisPoints: fee,
    }),
    { maxLength: 6, selector: ({ daysBefore }) => daysBefore },
  );
  const kind = fc.constantFrom("cancel" as const, "transfer" as const);
  const amount = fc.integer({ min: 0, max: 5_000_000_00 });
  const hours = fc.integer({ min: -48, max: 70 * 24 });

  it("shares the price out between fee and refund, to the last unit", () => {
    fc.assert(
      fc.property(tiers, kind, amount, hours, (some, which, price, notice) => {
        const money = { amount: price, currency: "KWD" };
        const cost = cancellationCost(
          { tiers: some },
          money,
          STARTS_AT,
          hoursBefore(notice),
          which,
        );
        expect((cost.fee ?? NaN) + (cost.refund ?? NaN)).toBe(price);
        expect(cost.fee).toBeGreaterThanOrEqual(0);
        expect(cost.refund).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("whose fees fall with the notice never makes more notice dearer", () => {
    fc.assert(
      fc.property(
        tiers,
        fc.array(fee, { minLength: 6, maxLength: 6 }),
        kind,
        amount,
        hours,
        fc.integer({ min: 0, max: 30 * 24 }),
        (some, fees, which, price, notice, more) => {
          const falling = fees.toSorted((a, b) => b - a);
          const policy = {
            tiers: some
              .toSorted((a, b) => a.daysBefore - b.daysBefore)
              .map(({ daysBefore }, index) => ({
                daysBefore,
                feeBasisPoints: falling[index] ?? 0,
                transferFeeBasisPoints: falling[index] ?? 0,
              })),
          };
          const money = { amount: price, currency: "NOK" };
          const [late, early] = [notice, notice + more].map((some1) =>
            cancellationCost(policy, money, STARTS_AT, hoursBefore(some1), which),
          );
          expect(early?.fee).toBeLessThanOrEqual(late?.fee ?? NaN);
        },
      ),
    );
  });

  it("does not depend on the order of its tiers", () => {
    fc.assert(
      fc.property(tiers, kind, hours, (some, which, notice) => {
        const costOf = (list: typeof some) =>
          cancellationCost({ tiers: list }, PRICE, STARTS_AT, hoursBefore(notice), which);
        expect(costOf(some.toReversed())).toEqual(costOf(some));
      }),
    );
  });
});
