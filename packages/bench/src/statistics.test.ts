import { describe, expect, test } from "vitest";
import { median, pairedRatios, quantile, summarise } from "./statistics.ts";

describe("quantile", () => {
  test("lies between the values, as R's type 7 does", () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBeCloseTo(1.75);
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0.99)).toBeCloseTo(3.97);
  });

  test("takes values in any order, as numbers, and leaves them so", () => {
    const values = [10, 9, 100, 1];
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 1)).toBe(100);
    expect(values).toEqual([10, 9, 100, 1]);
  });

  test("refuses nothing, and shares that are none", () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.5)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });
});

test("the median is not moved by one that is far off", () => {
  expect(median([5, 4, 1_000_000])).toBe(5);
});

test("a summary tells between which values half of them lie", () => {
  expect(summarise([5, 1, 3, 2, 4])).toEqual({ median: 3, low: 2, high: 4, count: 5 });
  expect(summarise([7])).toEqual({ median: 7, low: 7, high: 7, count: 1 });
});

describe("paired ratios", () => {
  test("divide within the round", () => {
    expect(pairedRatios([10, 30], [20, 10])).toEqual([0.5, 3]);
  });

  test("are untouched by a machine that slows down for whole rounds", () => {
    const slowness = [1, 0.2, 0.7, 0.1];
    const ratios = pairedRatios(
      slowness.map((factor) => 400 * factor),
      slowness.map((factor) => 1000 * factor),
    );
    for (const ratio of ratios) expect(ratio).toBeCloseTo(0.4);
  });

  test("need a pair for each, and something to divide by", () => {
    expect(() => pairedRatios([1, 2], [1])).toThrow(RangeError);
    expect(() => pairedRatios([1], [0])).toThrow(RangeError);
  });
});
