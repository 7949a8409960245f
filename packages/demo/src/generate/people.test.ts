import { expect, test } from "vitest";
import { createRandom } from "../random.ts";
import { createParty } from "./people.ts";

test("a party's addresses are plain, of one company, and nobody else's", () => {
  const known = new Set<string>();
  // So many that names repeat.
  const party = createParty(1000, createRandom("party"), known);
  const addresses = party.members.map(({ email }) => email);
  expect(new Set(addresses).size).toBe(1000);
  expect(known).toEqual(new Set(addresses));
  expect(new Set(addresses.map((address) => address.split("@")[1])).size).toBe(1);
  expect(addresses.filter((address) => !/^[a-z.-]+@[a-z]+\.example\.com$/u.test(address))).toEqual(
    [],
  );
});

test("people who book for themselves write from nowhere that exists", () => {
  const random = createRandom("alone");
  const alone = Array.from({ length: 50 }, () => createParty(1, random, new Set()));
  const ofTheirOwn = alone.filter(({ company }) => company === null);
  expect(ofTheirOwn.length).toBeGreaterThan(10);
  expect(ofTheirOwn.filter(({ members: [{ email }] }) => !email.endsWith("@example.org"))).toEqual(
    [],
  );
});
