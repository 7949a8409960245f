import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRepeatable, parseRetryAfter, retryDelay } from "./retry.ts";

describe("parseRetryAfter", () => {
  const now = Date.parse("2027-03-01T08:00:00Z");

  test.each([
    ["120", 120_000],
    ["0", 0],
    ["1.5", 1500],
    ["Mon, 01 Mar 2027 08:00:30 GMT", 30_000],
    ["Mon, 01 Mar 2027 07:59:00 GMT", 0],
    ["soon", null],
    ["", null],
    [null, null],
    [undefined, null],
  ])("%s means %s ms", (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });

  test("never means a time that has passed", () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const ms = parseRetryAfter(header);
        return ms === null || ms >= 0;
      }),
    );
  });
});

describe("retryDelay", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test("grows with each attempt up to a limit, and is scattered over half of it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), random, (attempts, chance) => {
        const longest = retryDelay(attempts, null, () => 1) ?? Number.NaN;
        const next = retryDelay(attempts + 1, null, () => 1) ?? Number.NaN;
        const delay = retryDelay(attempts, null, () => chance) ?? Number.NaN;
        expect(next).toBeGreaterThanOrEqual(longest);
        expect(longest).toBeLessThanOrEqual(8000);
        expect(delay).toBeGreaterThanOrEqual(longest / 2);
        expect(delay).toBeLessThanOrEqual(longest);
      }),
    );
  });

  test("is at least what the server asks for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), random, (asked, chance) => {
        const delay = retryDelay(1, asked, () => chance) ?? Number.NaN;
        expect(delay).toBeGreaterThanOrEqual(asked);
        expect(delay).toBeLessThanOrEqual(asked + 200);
      }),
    );
  });

  test("is not waited when the server asks for too much", () => {
    expect(retryDelay(1, 30_001)).toBeUndefined();
  });
});

describe("isRepeatable", () => {
  test.each([
    ["query", undefined, true],
    ["mutation", { idempotencyKey: "0123456789abcdef" }, true],
    ["mutation", { reference: "LC-7K3F-92QD" }, false],
    ["mutation", { idempotencyKey: null }, false],
    ["mutation", "idempotencyKey", false],
    ["mutation", null, false],
  ] as const)("%s with %o: %s", (type, input, expected) => {
    expect(isRepeatable(type, input)).toBe(expected);
  });
});
