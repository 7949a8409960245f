import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeOf } from "../../test/academy.ts";
import { livePlaces, sumOf } from "./live-places.ts";

const NOK = (amount: number) => ({ amount, currency: "NOK" });

describe("the places that a booking has", () => {
  const registrations = [
    placeOf({ position: 1, status: "confirmed", price: NOK(100) }),
    placeOf({ position: 2, status: "cancelled", price: NOK(100) }),
    placeOf({ position: 3, status: "transferred", price: NOK(100) }),
    placeOf({ position: 4, status: "reserved", price: NOK(50) }),
  ];

  it("are not those that were cancelled or moved", () => {
    expect(livePlaces({ registrations }).map(({ position }) => position)).toEqual([1, 4]);
  });

  it("cost nothing that is known where one of them is on request, or there is none", () => {
    expect(sumOf([NOK(100), null])).toBeNull();
    expect(sumOf([null, NOK(100)])).toBeNull();
    expect(sumOf([])).toBeNull();
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
