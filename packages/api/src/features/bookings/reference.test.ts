import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReference, parseReference } from "./reference.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY";
const reference = fc.noShrink(fc.constant(undefined).map(() => createReference()));

/** Positions of the eight characters in `LC-7K3F-92QD`. */
const POSITIONS = [3, 4, 5, 6, 8, 9, 10, 11] as const;

function replaceAt(text: string, position: number, character: string): string {
  return text.slice(0, position) + character + text.slice(position + 1);
}

describe("booking references", () => {
  it("are read as they are written", () => {
    fc.assert(
      fc.property(reference, (made) => {
        expect(made).toMatch(/^LC-[0-9A-HJKMNP-TV-Y]{4}-[0-9A-HJKMNP-TV-Y]{4}$/u);
        expect(parseReference(made)).toBe(made);
      }),
    );
  });

  it("are read however people type them", () => {
    fc.assert(
      fc.property(reference, (made) => {
        const spoken = made
          .toLowerCase()
          .replaceAll("-", " ")
          .replaceAll("0", "o")
          .replaceAll("1", "l");
        expect(parseReference(spoken)).toBe(made);
        expect(parseReference(made.slice(3).replace("-", ""))).toBe(made);
      }),
    );
  });

  it("are refused with any one character wrong", () => {
    fc.assert(
      fc.property(
        reference,
        fc.constantFrom(...POSITIONS),
        fc.constantFrom(...ALPHABET.split("")),
        (made, position, character) => {
          fc.pre(made[position] !== character);
          expect(() => parseReference(replaceAt(made, position, character))).toThrow(
            /typing error/u,
          );
        },
      ),
    );
  });

  it("are refused with any two characters swapped", () => {
    fc.assert(
      fc.property(
        reference,
        fc.constantFrom(...POSITIONS),
        fc.constantFrom(...POSITIONS),
        (made, first, second) => {
          const [a, b] = [made.charAt(first), made.charAt(second)];
          fc.pre(a !== b);
          const swapped = replaceAt(replaceAt(made, first, b), second, a);
          expect(() => parseReference(swapped)).toThrow(/typing error/u);
        },
      ),
    );
  });

  it.each(["", "LC-", "LC-7K3F", "LC-7K3F-92QDX", "💺💺💺💺💺💺💺💺"])("refuse %j", (text) => {
    expect(() => parseReference(text)).toThrow(/typing error/u);
  });
});
