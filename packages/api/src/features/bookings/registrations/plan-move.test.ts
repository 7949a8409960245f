import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { RegistrationRow, WholeBooking } from "./locked-booking.ts";
import { moneyOf, planMove } from "./plan-move.ts";

const AT = new Date("2027-01-01T12:00:00Z");
const NOBODY = { learnerId: null, learnerName: null, learnerEmail: null, timeZone: null };

function registrationOf(
  bookingId: string,
  position: number,
  price: number | null,
): RegistrationRow {
  return {
    id: uuidv7(),
    bookingId,
    runId: uuidv7(),
    position,
    status: "confirmed",
    ...NOBODY,
    priceAmount: price,
    priceCurrency: price === null ? null : "NOK",
    successorId: null,
    taxCategory: "standard",
    priceExplanation: [],
    claimVersion: 1,
    claimedAt: null,
    cancelledAt: null,
    createdAt: AT,
    updatedAt: AT,
  };
}

/** A confirmed booking whose run begins in so many days, with a fee for transfers. */
function bookingOf(prices: readonly (number | null)[], days: number, feeBasisPoints: number) {
  const id = uuidv7();
  const registrations = prices.map((price, index) => registrationOf(id, index + 1, price));
  const booking: WholeBooking["booking"] = {
    id,
    reference: "LC-0000-0000",
    runId: uuidv7(),
    status: "confirmed",
    paymentState: "unpaid",
    places: registrations.length,
    bookerId: null,
    organisationId: null,
    bookerName: "Ingrid Berg",
    bookerEmail: "ingrid@example.com",
    bookerCompany: null,
    bookerPhone: null,
    note: null,
    timeZone: null,
    language: "en",
    region: null,
    purchaseOrder: null,
    approverName: null,
    approverEmail: null,
    approvedAt: null,
    extendedAt: null,
    originId: null,
    expiresAt: null,
    confirmedAt: AT,
    cancelledAt: null,
    cancelledReason: null,
    createdAt: AT,
    updatedAt: AT,
  };
  const tier = { daysBefore: 0, feeBasisPoints: 10_000, transferFeeBasisPoints: feeBasisPoints };
  const whole: WholeBooking = {
    booking,
    registrations,
    openChoices: new Map(),
    terms: {
      startsAt: new Date(AT.getTime() + days * 86_400_000),
      endsAt: new Date(AT.getTime() + (days + 1) * 86_400_000),
      policy: { tiers: [tier] },
      at: AT,
    },
  };
  return whole;
}

const price = fc.option(fc.integer({ min: 0, max: 50_000_00 }));
const order = fc.record({
  prices: fc.array(price, { minLength: 1, maxLength: 20 }),
  days: fc.integer({ min: 0, max: 400 }),
  feeBasisPoints: fc.integer({ min: 0, max: 10_000 }),
  newPrice: price,
  volume: fc.integer({ min: 1, max: 10_000 }),
  isWaived: fc.boolean(),
});

function pricingOf(amount: number | null, volume: number) {
  return {
    amount,
    currency: amount === null ? null : "NOK",
    taxCategory: "standard" as const,
    rules: { earlyBird: [], volume: [{ fromPlaces: 2, basisPoints: volume }] },
  };
}

describe("what moving registrations costs", () => {
  it("adds up, to the last øre", () => {
    fc.assert(
      fc.property(order, ({ prices, days, feeBasisPoints, newPrice, volume, isWaived }) => {
        const whole = bookingOf(prices, days, feeBasisPoints);
        const decision = { isWaived, decidedBy: "staff" as const };
        const moves = planMove(whole, whole.registrations, pricingOf(newPrice, volume), decision);
        expect(moves).toHaveLength(prices.length);
        for (const move of moves) {
          const steps = move.explanation.reduce((sum, { amount }) => sum + amount, 0);
          expect(steps).toBe(move.newPrice?.amount ?? 0);
          expect(move.newPrice === null).toBe(newPrice === null);
          expect(isWaived ? (move.fee?.amount ?? 0) : 0).toBe(0);
          if (move.difference === null) continue;
          const { fee, toPay, refund, difference, oldPrice } = move;
          expect(difference.amount).toBe((move.newPrice?.amount ?? 0) - (oldPrice?.amount ?? 0));
          expect((toPay?.amount ?? 0) - (refund?.amount ?? 0)).toBe(
            difference.amount + (fee?.amount ?? 0),
          );
          expect(Math.min(toPay?.amount ?? 0, refund?.amount ?? 0)).toBe(0);
        }
        const { toPay } = moneyOf(moves);
        const isKnown = moves.every((move) => move.toPay !== null);
        expect(toPay?.amount ?? null).toBe(
          isKnown ? moves.reduce((sum, move) => sum + (move.toPay?.amount ?? 0), 0) : null,
        );
      }),
    );
  });

  it("is nothing to pay where the academy cancelled or moved the run, and no new price is more", () => {
    fc.assert(
      fc.property(order, ({ prices, days, feeBasisPoints, newPrice, volume }) => {
        const whole = bookingOf(prices, days, feeBasisPoints);
        const decision = { isWaived: true, decidedBy: "academy" as const };
        const moves = planMove(whole, whole.registrations, pricingOf(newPrice, volume), decision);
        for (const { oldPrice, newPrice: there, explanation, fee, toPay } of moves) {
          expect(there === null).toBe(oldPrice === null);
          expect(there?.amount ?? 0).toBeLessThanOrEqual(oldPrice?.amount ?? 0);
          expect([fee?.amount ?? 0, toPay?.amount ?? 0]).toEqual([0, 0]);
          const steps = explanation.reduce((sum, { amount }) => sum + amount, 0);
          expect(steps).toBe(there?.amount ?? 0);
        }
      }),
    );
  });

  it("counts for those alone who have yet to say whether the new times suit", () => {
    const whole = bookingOf([1000, 1000], 10, 5000);
    const [first] = whole.registrations;
    const choice = {
      id: uuidv7(),
      registrationId: first?.id ?? "",
      kind: "run_rescheduled" as const,
      state: "open" as const,
      decidedAt: null,
      createdAt: AT,
    };
    const asked = { ...whole, openChoices: new Map([[choice.registrationId, choice]]) };
    const moves = planMove(asked, whole.registrations, pricingOf(2000, 1), {
      isWaived: false,
      decidedBy: "booker",
    });
    expect(moves.map(({ fee, toPay, isFree }) => [fee?.amount, toPay?.amount, isFree])).toEqual([
      [0, 0, true],
      [500, 1500, false],
    ]);
  });
});
