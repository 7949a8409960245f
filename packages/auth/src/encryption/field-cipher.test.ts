import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FieldUnreadable,
  decryptIfEncrypted,
  decryptOrNull,
  encryptOrNull,
  fieldCipher,
  keyIdOf,
} from "./field-cipher.ts";
import { fixedKeyring } from "./fixed-keyring.ts";

const cipher = fieldCipher(fixedKeyring());
const PLACE = { table: "person", column: "phone", id: "0192f0c1-2b7e-7cc3-98c4-dc0c0c07398f" };

const text = fc.string({ unit: "grapheme", maxLength: 200 });
const place = fc.record({
  table: fc.constantFrom("person", "booking", "enquiry"),
  column: fc.constantFrom("phone", "address"),
  id: fc.uuid(),
});

describe("an encrypted value", () => {
  it("is read where it was written, and shows nothing of what it holds", async () => {
    await fc.assert(
      fc.asyncProperty(place, text, async (at, told) => {
        const stored = await cipher.encrypt(at, told);
        expect(keyIdOf(stored)).toBe(1);
        expect(await cipher.decrypt(at, stored)).toBe(told);
        // 12 bytes of nonce, 16 of tag, and as many as the text has.
        const bytes = Buffer.from(stored.slice("e1:1:".length), "base64url");
        expect(bytes).toHaveLength(28 + Buffer.byteLength(told));
        // A text of a few letters may stand in random bytes by chance.
        expect(told.length > 4 && bytes.includes(told)).toBe(false);
      }),
    );
  });

  it("is another each time, though the text is the same", async () => {
    const stored = await Promise.all(
      Array.from({ length: 200 }, () => cipher.encrypt(PLACE, "+47 22 00 00 01")),
    );
    expect(new Set(stored).size).toBe(200);
  });

  it("is refused anywhere else: in another row, column or table", async () => {
    await fc.assert(
      fc.asyncProperty(place, place, text, async (from, to, told) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to));
        const stored = await cipher.encrypt(from, told);
        await expect(cipher.decrypt(to, stored)).rejects.toThrow(FieldUnreadable);
      }),
    );
    const stored = await cipher.encrypt(PLACE, "x");
    for (const moved of [
      { ...PLACE, id: PLACE.id.replace("0192", "0193") },
      { ...PLACE, column: "address" },
      { ...PLACE, table: "booking" },
    ]) {
      await expect(cipher.decrypt(moved, stored)).rejects.toThrow(FieldUnreadable);
    }
  });

  it("is the same row however its id is written", async () => {
    const stored = await cipher.encrypt({ ...PLACE, id: PLACE.id.toUpperCase() }, "x");
    expect(await cipher.decrypt(PLACE, stored)).toBe("x");
  });

  it("is refused when any of its characters is another, or it is longer or shorter", async () => {
    const character = fc.constantFrom("A", "b", "0", "9", "-", "_", ":", ".", "=", " ", "é");
    await fc.assert(
      fc.asyncProperty(text, fc.nat(), character, async (told, where, other) => {
        const stored = await cipher.encrypt(PLACE, told);
        const at = where % stored.length;
        const changed = `${stored.slice(0, at)}${other}${stored.slice(at + 1)}`;
        fc.pre(changed !== stored);
        for (const wrong of [changed, `${stored}${other}`, stored.slice(0, at)]) {
          await expect(cipher.decrypt(PLACE, wrong)).rejects.toThrow(FieldUnreadable);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is refused when a single bit of it is another", async () => {
    const stored = await cipher.encrypt(PLACE, "+47 22 00 00 01");
    const body = Buffer.from(stored.slice("e1:1:".length), "base64url");
    for (let bit = 0; bit < body.length * 8; bit += 1) {
      const flipped = Buffer.from(body);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const wrong = `e1:1:${flipped.toString("base64url")}`;
      await expect(cipher.decrypt(PLACE, wrong)).rejects.toThrow(FieldUnreadable);
    }
  });

  it("is refused with a key that is not there, which the error names without the value", async () => {
    const stored = (await cipher.encrypt(PLACE, "secret")).replace("e1:1:", "e1:2:");
    await expect(cipher.decrypt(PLACE, stored)).rejects.toThrow(
      `person.phone of ${PLACE.id} can't be decrypted: there is no key 2`,
    );
  });

  it.each([
    "",
    "+47 22 00 00 01",
    "e1:",
    "e1:1:",
    "e1:0:AAAA",
    "e1:01:AAAA",
    "e2:1:AAAA",
    "e1:1:AA==",
  ])("is not %j, and where nothing else may stand that is refused", async (stored) => {
    expect(keyIdOf(stored)).toBe(undefined);
    await expect(cipher.decrypt(PLACE, stored)).rejects.toThrow(FieldUnreadable);
  });
});

describe("a value that may not be there", () => {
  it("stays away", async () => {
    expect(await encryptOrNull(cipher, PLACE, null)).toBe(null);
    expect(await encryptOrNull(cipher, PLACE, undefined)).toBe(null);
    expect(await decryptOrNull(cipher, PLACE, null)).toBe(null);
    expect(await decryptIfEncrypted(cipher, PLACE, null)).toBe(null);
  });

  it("is encrypted though it is empty", async () => {
    const stored = await encryptOrNull(cipher, PLACE, "");
    expect(stored).toMatch(/^e1:1:/u);
    expect(await decryptOrNull(cipher, PLACE, stored)).toBe("");
  });
});

describe("a column that was not encrypted in earlier releases", () => {
  it("gives what they wrote as it is, and what is encrypted decrypted", async () => {
    expect(await decryptIfEncrypted(cipher, PLACE, "+47 22 00 00 01")).toBe("+47 22 00 00 01");
    const stored = await cipher.encrypt(PLACE, "+47 22 00 00 02");
    expect(await decryptIfEncrypted(cipher, PLACE, stored)).toBe("+47 22 00 00 02");
  });

  it("does not take for text what was encrypted and then changed", async () => {
    const stored = await cipher.encrypt(PLACE, "+47 22 00 00 02");
    await expect(decryptIfEncrypted(cipher, PLACE, `${stored}!`)).rejects.toThrow(FieldUnreadable);
  });
});
