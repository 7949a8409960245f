import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { periodOf, yearOf } from "./period.ts";

describe("the period of an address", () => {
  it("has the days that are some", () => {
    expect(periodOf({ from: "2027-01-01", until: "2027-02-28" })).toEqual({
      from: "2027-01-01",
      until: "2027-02-28",
    });
    expect(periodOf({ from: "2027-02-31", until: ["2027-01-01"] })).toEqual({});
    expect(periodOf(yearOf(2026))).toEqual({ from: "2026-01-01", until: "2026-12-31" });
  });

  it("is one that the contract takes, whatever somebody writes", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (from, until) => {
        for (const day of Object.values(periodOf({ from, until }))) {
          expect(new Date(`${String(day)}T00:00Z`).toISOString().slice(0, 10)).toBe(day);
        }
      }),
    );
  });
});
