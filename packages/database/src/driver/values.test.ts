import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeDate, encodeArray, encodeValue, parseArray } from "./values.ts";

test("an array literal reads back as what it was written from, NULLs, quotes and dimensions included", () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.array(
      fc.oneof({ maxDepth: 3 }, fc.string(), fc.constant(null), fc.constant("NULL"), tie("tree")),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expect(parseArray(encodeArray(value), (text) => text)).toEqual(value);
    }),
  );
});

test("explicit bounds are skipped", () => {
  expect(parseArray("[0:1]={3,4}", Number)).toEqual([3, 4]);
});

test.each(["{1,2", '{"a', "x"])("what is no array literal is refused: %s", (literal) => {
  expect(() => parseArray(literal, String)).toThrow(SyntaxError);
});

test.each([
  [null, null],
  [true, "t"],
  [12n, "12"],
  [new Date("2026-03-29T01:00:00Z"), "2026-03-29T01:00:00.000Z"],
  [Temporal.ZonedDateTime.from("2026-03-29T03:30:00+02:00[Europe/Oslo]"), "2026-03-29T01:30:00Z"],
  [Temporal.PlainDate.from("2026-03-29"), "2026-03-29"],
  [new Uint8Array([0, 255]), "\\x00ff"],
  [["a", null, 1], '{"a",NULL,"1"}'],
  [{ a: [1] }, '{"a":[1]}'],
])("%o goes over the wire as %j", (value, text) => {
  expect(encodeValue(value)).toBe(text);
});

test("what is missing is refused, not sent as NULL", () => {
  expect(() => encodeValue(undefined)).toThrow(TypeError);
  expect(() => encodeValue(new Date(Number.NaN))).toThrow(RangeError);
});

/** As PostgreSQL writes it in UTC: no zeros at the end, and no fraction without any. */
function written(at: Temporal.Instant): string {
  return at
    .toString()
    .replace("T", " ")
    .replace(/(\.\d*?)0*Z$/u, "$1Z")
    .replace(/\.?Z$/u, "+00");
}

test("a point in time is read to the millisecond, whatever its fraction", () => {
  const microseconds = fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n });
  fc.assert(
    fc.property(microseconds, (since) => {
      const at = Temporal.Instant.fromEpochNanoseconds(since * 1000n);
      expect(decodeDate(written(at)).getTime()).toBe(at.epochMilliseconds);
    }),
  );
});

test.each(["2026-03-29 03:00:00+02", "10000-01-01 00:00:00+00", "infinity"])(
  "another form of one is read as the engine does: %s",
  (text) => {
    expect(decodeDate(text)).toEqual(new Date(text));
  },
);
