import { BOOKING_PLACES_MAX } from "@lectern/contract/bookings";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Discount, type Order, type Pricing, quotePlaces } from "./quote-places.ts";

const AT = new Date("2027-03-01T12:00:00Z");

function pricing(overrides: Partial<Pricing> = {}): Pricing {
  return {
    amount: 10_000_00,
    currency: "NOK",
    taxCategory: "standard",
    rules: { earlyBird: [], volume: [] },
    ...overrides,
  };
}

function order(overrides: Partial<Order> = {}): Order {
  return { places: 1, at: AT, discount: null, ...overrides };
}

function amountsOf(quote: ReturnType<typeof quotePlaces>): (number | null)[] {
  return quote.places.map(({ amount }) => amount);
}

describe("the price of a place", () => {
  it("is the base price where nothing makes it cheaper", () => {
    expect(quotePlaces(pricing(), order({ places: 2 }))).toEqual({
      currency: "NOK",
      taxCategory: "standard",
      places: [
        { amount: 10_000_00, explanation: [{ kind: "base", amount: 10_000_00 }] },
        { amount: 10_000_00, explanation: [{ kind: "base", amount: 10_000_00 }] },
      ],
      total: 20_000_00,
      validUntil: null,
    });
  });

  it("is on request where the run has none, whatever else there is", () => {
    const discount: Discount = { code: "SPRING", kind: "percent", basisPoints: 1000 };
    const rules = {
      earlyBird: [{ until: "2027-04-01T00:00:00.000Z", basisPoints: 1000 }],
      volume: [],
    };
    expect(
      quotePlaces(
        pricing({ amount: null, currency: null, taxCategory: "exempt", rules }),
        order({ places: 2, discount }),
      ),
    ).toEqual({
      currency: null,
      taxCategory: "exempt",
      places: [
        { amount: null, explanation: [] },
        { amount: null, explanation: [] },
      ],
      total: null,
      validUntil: null,
    });
  });

  it("tells each step: early bird, then volume, then the code, each of what is left", () => {
    const rules = {
      earlyBird: [{ until: "2027-04-01T00:00:00.000Z", basisPoints: 1000 }],
      volume: [{ fromPlaces: 3, basisPoints: 500 }],
    };
    const discount: Discount = { code: "SPRING", kind: "percent", basisPoints: 2000 };
    const quote = quotePlaces(pricing({ rules }), order({ places: 3, discount }));
    expect(quote.places[2]).toEqual({
      amount: 6_840_00,
      explanation: [
        { kind: "base", amount: 10_000_00 },
        {
          kind: "early_bird",
          amount: -1_000_00,
          basisPoints: 1000,
          detail: "2027-04-01T00:00:00.000Z",
        },
        { kind: "volume", amount: -450_00, basisPoints: 500, detail: "3" },
        { kind: "discount_code", amount: -1_710_00, basisPoints: 2000, detail: "SPRING" },
      ],
    });
    expect(quote.total).toBe(3 * 6_840_00);
    expect(quote.validUntil).toEqual(new Date("2027-04-01T00:00:00Z"));
  });

  it("rounds what a percentage takes off to the minor unit, the half in favour of who pays", () => {
    const discount: Discount = { code: "HALF", kind: "percent", basisPoints: 5000 };
    expect(amountsOf(quotePlaces(pricing({ amount: 5 }), order({ discount })))).toEqual([2]);
  });
});

describe("an early bird", () => {
  const rules = {
    earlyBird: [
      { until: "2027-03-01T12:00:00.000Z", basisPoints: 3000 },
      { until: "2027-03-10T00:00:00.000Z", basisPoints: 2000 },
      { until: "2027-04-01T00:00:00.000Z", basisPoints: 1000 },
    ],
    volume: [],
  };

  it("has ended at the moment that it names, and the best of the others counts", () => {
    expect(amountsOf(quotePlaces(pricing({ rules }), order()))).toEqual([8_000_00]);
    const before = new Date(AT.getTime() - 1);
    expect(amountsOf(quotePlaces(pricing({ rules }), order({ at: before })))).toEqual([7_000_00]);
  });

  it("tells until when the quote counts, which is when the price changes", () => {
    const { validUntil } = quotePlaces(pricing({ rules }), order());
    expect(validUntil).toEqual(new Date("2027-03-10T00:00:00Z"));
    expect(amountsOf(quotePlaces(pricing({ rules }), order({ at: validUntil ?? AT })))).toEqual([
      9_000_00,
    ]);
  });
});

describe("a volume price", () => {
  const rules = {
    earlyBird: [],
    volume: [
      { fromPlaces: 5, basisPoints: 1000 },
      { fromPlaces: 3, basisPoints: 500 },
    ],
  };

  it.each([
    [2, 10_000_00],
    [3, 9_500_00],
    [4, 9_500_00],
    [5, 9_000_00],
  ])("of %i places is %i for each", (places, each) => {
    const quote = quotePlaces(pricing({ rules }), order({ places }));
    expect(new Set(amountsOf(quote))).toEqual(new Set([each]));
  });
});

describe("an amount off the booking", () => {
  const off = (amount: number): Discount => ({
    code: "TAKE100",
    kind: "amount",
    amount,
    currency: "NOK",
  });

  it("is spread over its places to the last unit, and each place tells its part", () => {
    const quote = quotePlaces(pricing(), order({ places: 3, discount: off(100_00) }));
    expect(quote.total).toBe(30_000_00 - 100_00);
    expect(amountsOf(quote)).toEqual([10_000_00 - 33_34, 10_000_00 - 33_33, 10_000_00 - 33_33]);
    expect(quote.places[0]?.explanation.at(-1)).toEqual({
      kind: "discount_code",
      amount: -33_34,
      detail: "TAKE100",
    });
  });

  it("makes it free when it is more than there is to pay, and no less than that", () => {
    const quote = quotePlaces(pricing({ amount: 33 }), order({ places: 3, discount: off(100) }));
    expect(amountsOf(quote)).toEqual([0, 0, 0]);
    expect(quote.total).toBe(0);
  });

  it("in another currency is a mistake of who asks", () => {
    const discount: Discount = { code: "EURO", kind: "amount", amount: 1, currency: "EUR" };
    expect(() => quotePlaces(pricing(), order({ discount }))).toThrow("same currency");
  });
});

describe("any price", () => {
  /** Often the same, so that rules take off alike. */
  const basisPoints = fc.oneof(fc.constantFrom(500, 1000), fc.integer({ min: 1, max: 10_000 }));
  const rules = fc.record({
    earlyBird: fc.array(
      fc.record({
        until: fc
          .date({
            min: new Date("2027-02-27T00:00:00Z"),
            max: new Date("2027-03-04T00:00:00Z"),
            noInvalidDate: true,
          })
          .map((date) => date.toISOString()),
        basisPoints,
      }),
      { maxLength: 5 },
    ),
    volume: fc.array(fc.record({ fromPlaces: fc.integer({ min: 2, max: 25 }), basisPoints }), {
      maxLength: 5,
    }),
  });
  /** Small ones too, where rounding shows; the largest is what one place may cost. */
  const amount = fc.oneof(
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 0, max: 5_000_000_00 }),
  );
  const currency = fc.constantFrom("JPY", "NOK", "KWD");
  const priced = fc.record({ amount, currency, rules }).map((some) => pricing(some));
  const places = fc.integer({ min: 1, max: BOOKING_PLACES_MAX });
  const percent = fc.record({
    code: fc.constant("CODE"),
    kind: fc.constant("percent" as const),
    basisPoints,
  });
  const at = fc.date({
    min: new Date("2027-02-27T00:00:00Z"),
    max: new Date("2027-03-04T00:00:00Z"),
    noInvalidDate: true,
  });

  /** Pricing with an order whose discount is none, a percentage, or an amount of the same currency. */
  const asked = fc
    .tuple(priced, places, at, fc.option(fc.oneof(percent, amount)))
    .map(([some, count, moment, discount]): [Pricing, Order] => [
      some,
      {
        places: count,
        at: moment,
        discount:
          typeof discount === "number"
            ? { code: "CODE", kind: "amount", amount: discount, currency: some.currency ?? "NOK" }
            : discount,
      },
    ]);

  it("is the sum of its steps, the total that of the places, and nothing gets below zero", () => {
    fc.assert(
      fc.property(asked, ([some, wanted]) => {
        const quote = quotePlaces(some, wanted);
        expect(quote.places).toHaveLength(wanted.places);
        for (const { amount: price, explanation } of quote.places) {
          expect(explanation.reduce((sum, step) => sum + step.amount, 0)).toBe(price);
          expect(Number.isSafeInteger(price)).toBe(true);
          expect(price).toBeGreaterThanOrEqual(0);
          expect(explanation[0]).toEqual({ kind: "base", amount: some.amount });
          expect(explanation.slice(1).every((step) => step.amount < 0)).toBe(true);
        }
        expect(quote.places.reduce((sum, place) => sum + (place.amount ?? NaN), 0)).toBe(
          quote.total,
        );
      }),
    );
  });

  it("of places in one booking differs by one minor unit at most, and an amount comes off to the last", () => {
    fc.assert(
      fc.property(asked, ([some, wanted]) => {
        const quote = quotePlaces(some, wanted);
        const prices = quote.places.map((place) => place.amount ?? NaN);
        expect(Math.max(...prices) - Math.min(...prices)).toBeLessThanOrEqual(1);
        const amountOff = wanted.discount?.kind === "amount" ? wanted.discount.amount : 0;
        const discount = amountOff === 0 ? wanted.discount : null;
        const without = quotePlaces(some, { ...wanted, discount }).total ?? NaN;
        expect(quote.total).toBe(Math.max(without - amountOff, 0));
      }),
    );
  });

  it("of a place never rises with the number of places", () => {
    fc.assert(
      fc.property(priced, places, at, fc.option(percent), (some, count, moment, discount) => {
        const [fewer, more] = [count, count + 1].map(
          (some1) => quotePlaces(some, { places: some1, at: moment, discount }).places[0]?.amount,
        );
        expect(more).toBeLessThanOrEqual(fewer ?? NaN);
      }),
    );
  });

  it("never falls as time goes by, and stays until the moment that the quote names", () => {
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 10 ** 9 }), ([some, wanted], later) => {
        const quote = quotePlaces(some, wanted);
        const then = new Date(wanted.at.getTime() + later);
        const quoteThen = quotePlaces(some, { ...wanted, at: then });
        expect(quoteThen.total).toBeGreaterThanOrEqual(quote.total ?? NaN);
        const isValid = quote.validUntil === null || then < quote.validUntil;
        expect(isValid ? quoteThen : quote).toEqual(quote);
      }),
    );
  });

  it("does not depend on the order of its rules", () => {
    const inAnyOrder = asked.chain(([some, wanted]) =>
      fc.tuple(
        fc.constant(some),
        fc.constant(wanted),
        fc.record({
          earlyBird: reordered(some.rules.earlyBird),
          volume: reordered(some.rules.volume),
        }),
      ),
    );
    fc.assert(
      fc.property(inAnyOrder, ([some, wanted, others]) => {
        expect(quotePlaces({ ...some, rules: others }, wanted)).toEqual(quotePlaces(some, wanted));
      }),
    );
  });
});

function reordered<Item>(list: readonly Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length });
}
