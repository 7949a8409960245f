import fc from "fast-check";
import { expect, it } from "vitest";
import { hashOfRecoveryCode, newRecoveryCode } from "./recovery-codes.ts";

const FORM = /^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){6}$/u;

it("makes codes of 140 random bits, in letters and digits that are not taken for one another", () => {
  const codes = Array.from({ length: 1000 }, newRecoveryCode);
  for (const code of codes) expect(code).toMatch(FORM);
  expect(new Set(codes).size).toBe(1000);
  // Every letter comes up, in every place.
  const letters = codes.map((code) => code.replaceAll("-", ""));
  for (let place = 0; place < 140 / Math.log2(32); place += 1) {
    expect(new Set(letters.map((code) => code[place])).size).toBe(32);
  }
});

/** Ways in which people write what they read. */
const writings = fc.record({
  separator: fc.constantFrom("", "-", " ", " - ", "–", "\t"),
  isLower: fc.boolean(),
  zero: fc.constantFrom("0", "O", "o"),
  one: fc.constantFrom("1", "I", "l", "L", "i"),
});

it("reads a code however it is typed", () => {
  fc.assert(
    fc.property(writings, ({ separator, isLower, zero, one }) => {
      const code = newRecoveryCode();
      const cased = isLower ? code.toLowerCase() : code;
      const typed = cased.replaceAll("0", zero).replaceAll("1", one).replaceAll("-", separator);
      expect(hashOfRecoveryCode(` ${typed} `)).toEqual(hashOfRecoveryCode(code));
    }),
  );
});

it("tells codes apart that differ in one letter", () => {
  const replacements = fc.tuple(fc.nat(33), fc.constantFrom("0", "7", "A", "K", "Z"));
  fc.assert(
    fc.property(replacements, ([place, letter]) => {
      const code = newRecoveryCode();
      fc.pre(code[place] !== "-" && code[place] !== letter);
      const other = `${code.slice(0, place)}${letter}${code.slice(place + 1)}`;
      expect(hashOfRecoveryCode(other)).not.toEqual(hashOfRecoveryCode(code));
    }),
  );
});
