import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decryptArchive, encryptArchive } from "./archive-cipher.ts";
import { fieldCipher } from "./field-cipher.ts";
import { fixedKeyring } from "./fixed-keyring.ts";

const fields = fieldCipher(fixedKeyring());
const place = { table: "privacy_request", column: "archive", id: "one" };

describe("a file that is kept encrypted", () => {
  it.each([0, 1, 16, 100_000])("comes out as it went in, of %i bytes", async (size) => {
    const content = randomBytes(size);
    const stored = await encryptArchive(fields, place, content);
    expect((await decryptArchive(fields, place, stored)).equals(content)).toBe(true);
  });

  it("shows nothing of what it holds, and is another each time", async () => {
    const content = Buffer.from("name, address and all that ".repeat(20));
    const first = await encryptArchive(fields, place, content);
    const second = await encryptArchive(fields, place, content);
    expect(first.includes("address")).toBe(false);
    expect(first.equals(second)).toBe(false);
  });

  it("does not open with a bit changed anywhere, cut off, moved, or with other keys", async () => {
    const stored = await encryptArchive(fields, place, Buffer.from("content"));
    const refusals = Array.from(stored, async (byte, index) => {
      const changed = Buffer.from(stored);
      changed.writeUInt8(byte ^ 1, index);
      await expect(decryptArchive(fields, place, changed)).rejects.toBeInstanceOf(Error);
    });
    await Promise.all(refusals);
    await expect(decryptArchive(fields, place, stored.subarray(0, -1))).rejects.toBeInstanceOf(
      Error,
    );
    await expect(decryptArchive(fields, place, new Uint8Array())).rejects.toBeInstanceOf(Error);
    await expect(decryptArchive(fields, { ...place, id: "two" }, stored)).rejects.toBeInstanceOf(
      Error,
    );
    const others = fieldCipher(fixedKeyring());
    await expect(decryptArchive(others, place, stored)).rejects.toBeInstanceOf(Error);
  });
});
