import { describe, expect, it } from "vitest";
import { accessKeys, createAccessSecret } from "./access-key.ts";

const BOOKING = "01a2033a-45e4-7c6d-bb4b-94bb116f9fa2";
const OTHER = "01a2033a-45e8-70c3-993f-d868c3015fb2";

describe("a booking's key", () => {
  it("is the same each time, and 43 characters that an address can hold", () => {
    const keys = accessKeys(createAccessSecret());
    expect(keys.keyFor("booking", BOOKING)).toBe(keys.keyFor("booking", BOOKING));
    expect(keys.keyFor("booking", BOOKING)).toMatch(/^[A-Za-z0-9_-]{43}$/u);
    expect(keys.isKeyFor("booking", BOOKING, keys.keyFor("booking", BOOKING))).toBe(true);
  });

  it("opens no other booking, and none of another academy", () => {
    const [keys, elsewhere] = [accessKeys(createAccessSecret()), accessKeys(createAccessSecret())];
    expect(keys.isKeyFor("booking", OTHER, keys.keyFor("booking", BOOKING))).toBe(false);
    expect(elsewhere.isKeyFor("booking", BOOKING, keys.keyFor("booking", BOOKING))).toBe(false);
  });

  it("opens nothing but what it was made for", () => {
    const keys = accessKeys(createAccessSecret());
    expect(keys.isKeyFor("waitlist", BOOKING, keys.keyFor("booking", BOOKING))).toBe(false);
    expect(keys.isKeyFor("claim", BOOKING, keys.keyFor("claim", `${BOOKING}:1`))).toBe(false);
  });

  it.each(["", "short", "not base64 at all!", "A".repeat(43), "A".repeat(500)])(
    "is not %j",
    (key) => {
      expect(accessKeys(createAccessSecret()).isKeyFor("booking", BOOKING, key)).toBe(false);
    },
  );

  it("needs a secret worth the name", () => {
    expect(() => accessKeys("short")).toThrow(/32 characters/u);
  });
});
