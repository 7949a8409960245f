import { IdempotencyKey } from "@lectern/contract/primitives";
import { describe, expect, it } from "vitest";
import { Wishes } from "./wishes.ts";

describe("wishes", () => {
  it("have one key however often they are sent, and another when they change", () => {
    const wishes = new Wishes();
    const two = wishes.keyOf({ places: 2 });
    expect(IdempotencyKey.safeParse(two).success).toBe(true);
    expect(wishes.keyOf({ places: 2 })).toBe(two);
    expect(wishes.keyOf({ places: 3 })).not.toBe(two);
    expect(wishes.keyOf({ places: 2 })).toBe(two);
  });

  it("are new once they were fulfilled", () => {
    const wishes = new Wishes();
    const first = wishes.keyOf({ places: 2 });
    wishes.fulfilled();
    expect(wishes.keyOf({ places: 2 })).not.toBe(first);
  });
});
