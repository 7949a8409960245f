import { describe, expect, it } from "vitest";
import { claimOf, linkIn, linkTo } from "./link-key.ts";

const key = "k_-4".repeat(10) + "abc";
const id = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";
const origin = "https://academy.example";

describe("a link with a key", () => {
  it.each([
    ["waitlist", id, "/waitlist"],
    ["claim", `${id}.12`, "/claim"],
    ["approval", "LC-7K3F-92QD", "/approve"],
  ] as const)(
    "of the kind %s holds it in the part that browsers keep to themselves",
    (kind, about, path) => {
      const link = linkTo(origin, kind, { id: about, key });
      const address = new URL(link);
      expect(address.pathname + address.search).toBe(path);
      expect(linkIn(kind, link)).toEqual({ id: about, key });
      expect(linkIn(kind, ` ${address.hash} `)).toEqual({ id: about, key });
      expect(linkIn(kind, address.hash.slice(1))).toEqual({ id: about, key });
    },
  );

  it("is nothing where a part is missing, or too much", () => {
    expect(linkIn("waitlist", id)).toBeUndefined();
    expect(linkIn("waitlist", `${id}.${key.slice(1)}`)).toBeUndefined();
    expect(linkIn("waitlist", `${id}.${key}x`)).toBeUndefined();
    expect(linkIn("waitlist", `x${id}.${key}`)).toBeUndefined();
    expect(linkIn("waitlist", `${id}.1.${key}`)).toBeUndefined();
    expect(linkIn("claim", `${id}.${key}`)).toBeUndefined();
    expect(linkIn("claim", `${id}.0.${key}`)).toBeUndefined();
    expect(linkIn("approval", "")).toBeUndefined();
  });

  it("tells the version of a claim apart", () => {
    expect(claimOf({ id: `${id}.3`, key })).toEqual({
      registrationId: id,
      claimVersion: 3,
      claimKey: key,
    });
  });
});
