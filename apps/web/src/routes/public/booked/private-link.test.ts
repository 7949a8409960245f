import { describe, expect, it } from "vitest";
import { keyIn, privateLink } from "./private-link.ts";

const key = "k_-4".repeat(10) + "abc";

describe("the private link of a booking", () => {
  it("holds the key, in the part that browsers keep to themselves", () => {
    const link = privateLink("https://academy.example", "LC-7K3F-92QD", key);
    expect(new URL(link).pathname + new URL(link).search).toBe("/bookings/LC-7K3F-92QD");
    expect(keyIn(link)).toBe(key);
  });

  it("is read as a whole, in part, or as the bare key", () => {
    expect(keyIn(` ${key} `)).toBe(key);
    expect(keyIn(`#key=${key}`)).toBe(key);
    expect(keyIn(`key=${key}`)).toBe(key);
    expect(keyIn("LC-7K3F-92QD")).toBeUndefined();
    expect(keyIn(`${key}x`)).toBeUndefined();
  });
});
