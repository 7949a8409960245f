import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "./random.ts";
import { createUuid } from "./uuid.ts";

test("the same seed gives the same numbers, another seed others", () => {
  const draw = (seed: string) => {
    const random = createRandom(seed);
    return Array.from({ length: 20 }, () => random.fraction());
  };
  expect(draw("a")).toEqual(draw("a"));
  expect(draw("a")).not.toEqual(draw("b"));
  // Pinned, so that a change of the generator, which would change every demo, is noticed.
  expect(createRandom("lectern").integer(0, 999_999)).toBe(974_874);
});

test("a fork does not depend on what was drawn before it", () => {
  const random = createRandom("a");
  const early = random.fork("x").fraction();
  random.fraction();
  expect(random.fork("x").fraction()).toBe(early);
  expect(random.fork("y").fraction()).not.toBe(early);
});

test("whole numbers stay within their bounds and reach both", () => {
  const random = createRandom("bounds");
  const drawn = Array.from({ length: 1000 }, () => random.integer(3, 6));
  expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6]));
});

test("fractions are spread evenly", () => {
  const random = createRandom("even");
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 10_000; i += 1) {
    const bucket = Math.floor(random.fraction() * 10);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1150);
});

test("shuffling keeps every item", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
      const shuffled = createRandom(seed).shuffled(items);
      expect(shuffled.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
    }),
  );
});

test("identifiers are version 7 UUIDs in the order of their time", () => {
  const random = createRandom("uuid");
  const times = [0, 1, 1_700_000_000_000, 1_700_000_000_001, 2_000_000_000_000];
  const ids = times.map((time) => createUuid(time, random));
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  }
  expect(ids.toSorted()).toEqual(ids);
});
