import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeOf } from "../../test/academy.ts";
import { livePlaces, liveTotal, sumOf } from "./live-places.ts";

const NOK = (amount: number) => ({ amount, currency: "NOK" });

describe("the places that a booking has", () => {
  const registrations = [
    placeOf({ position: 1, status: "confirmed", price: NOK(100) }),
    placeOf({ position: 2, status: "cancelled", price: NOK(100) }),
    placeOf({ position: 3, status: "transferred", price: NOK(100) }),
    placeOf({ position: 4, status: "reserved", price: NOK(50) }),
  ];

  it("are not those that were cancelled or moved, and neither is what they cost", () => {
    expect(livePlaces({ registrations }).map(({ position }) => position)).toEqual([1, 4]);
    expect(liveTotal({ registrations })).toEqual(NOK(150));
    expect(liveTotal({ registrations: registrations.slice(1, 3) })).toBeNull();
  });

  it("cost nothing that is known where one of them is on request", () => {
    const onRequest = placeOf({ position: 5, status: "confirmed", price: null });
    expect(liveTotal({ registrations: [...registrations, onRequest] })).toBeNull();
    expect(liveTotal({ registrations: [onRequest, ...registrations] })).toBeNull();
  });

  it("add up to the last minor unit", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1 }), (amounts) => {
        const expected = amounts.reduce((sum, amount) => sum + amount, 0);
        expect(sumOf(amounts.map(NOK))).toEqual(NOK(expected));
      }),
    );
  });
});
