import fc from "fast-check";
import { expect, test } from "vitest";
import {
  REFERENCE_ALPHABET,
  REFERENCE_BODY_LENGTH,
  completeReference,
  readReference,
} from "./booking-reference.ts";
import { BookingReference } from "./bookings.ts";

const character = fc.constantFrom(...REFERENCE_ALPHABET.split(""));
const reference = fc
  .string({ unit: character, minLength: REFERENCE_BODY_LENGTH, maxLength: REFERENCE_BODY_LENGTH })
  .map(completeReference);

test("a reference is read as it was written, and as people type it", () => {
  fc.assert(
    fc.property(reference, (written) => {
      expect(BookingReference.safeParse(written).success).toBe(true);
      expect(readReference(written)).toBe(written);
      const spoken = written.slice(3).replace("-", " ").toLowerCase();
      expect(readReference(spoken.replaceAll("0", "o").replaceAll("1", "l"))).toBe(written);
    }),
  );
});

test("one wrong character is noticed", () => {
  fc.assert(
    fc.property(reference, fc.integer({ min: 3, max: 11 }), character, (written, at, wrong) => {
      fc.pre(written[at] !== "-" && written[at] !== wrong);
      expect(readReference(written.slice(0, at) + wrong + written.slice(at + 1))).toBeUndefined();
    }),
  );
});

test("two swapped characters are noticed", () => {
  fc.assert(
    fc.property(
      reference,
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 0, max: 7 }),
      (written, a, b) => {
        const characters = [...written.slice(3).replace("-", "")];
        const [left = "", right = ""] = [characters[a], characters[b]];
        fc.pre(left !== right);
        characters[a] = right;
        characters[b] = left;
        expect(readReference(characters.join(""))).toBeUndefined();
      },
    ),
  );
});

test.each(["", "LC-7K3F", "LC-7K3F-92QDX", "LC-UUUU-UUUU", "not a reference", "ZZZZ-ZZZZ"])(
  "%j is no reference",
  (text) => {
    expect(readReference(text)).toBeUndefined();
  },
);
