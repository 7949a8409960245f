import { CatalogueFilter } from "@lectern/contract/filters";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSearch, stringifySearch } from "../../search-string.ts";
import { countFilters, filterOf, filterSearchOf } from "./filter-search.ts";

const NAMES = [
  "q",
  "topic",
  "level",
  "language",
  "mode",
  "country",
  "city",
  "from",
  "to",
  "currency",
  "max",
  "cursor",
];

/** Values that are right, nearly right, and anything. */
const value = fc.oneof(
  fc.constantFrom(
    "cloud",
    "beginner",
    "virtual",
    "nb",
    "NO",
    "Oslo",
    "2027-02-29",
    "2027-03-01",
    "0001-01-01",
    "9999-12-31",
    "EUR",
    "1500",
    "-1",
    "",
  ),
  fc.string({ unit: "binary", maxLength: 300 }),
);
const address = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 60 })
  .map((pairs) => {
    const parameters = new URLSearchParams(pairs);
    return `?${parameters.toString()}`;
  });

describe("filters in an address", () => {
  it("ask the API for nothing that the contract refuses, whatever the address", () => {
    fc.assert(
      fc.property(address, (query) => {
        const filter = filterOf(filterSearchOf(parseSearch(query)));
        expect(CatalogueFilter.safeParse(filter).error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("are as many as the contract takes, and no more", () => {
    const topics = Array.from({ length: 60 }, (_, index) => `topic=t${index}`).join("&");
    const filter = filterOf(filterSearchOf(parseSearch(`?${topics}`)));
    expect(CatalogueFilter.safeParse(filter).success).toBe(true);
    expect(filter.topics).toHaveLength(50);
  });

  it("come back the same from the address that they are written to", () => {
    fc.assert(
      fc.property(address, (query) => {
        const search = filterSearchOf(parseSearch(query));
        expect(filterSearchOf(parseSearch(stringifySearch({ ...search })))).toEqual(search);
      }),
    );
  });

  it("keep what is right beside what is wrong", () => {
    const search = filterSearchOf(
      parseSearch(
        "?topic=cloud&topic=N%C3%B8pe&topic=cloud&level=expert&from=2027-02-30&max=1.5&city=%C4%B0stanbul",
      ),
    );
    expect(search).toMatchObject({ topic: ["cloud"], city: ["İstanbul"] });
    expect(search.level).toBeUndefined();
    expect(search.from).toBeUndefined();
    expect(search.max).toBeUndefined();
    expect(countFilters(search)).toBe(2);
  });

  it("ask for a price in minor units of its currency", () => {
    expect(filterOf({ currency: "JPY", max: 90_000 }).price).toEqual({
      currency: "JPY",
      max: 90_000,
    });
    expect(filterOf({ currency: "EUR", max: 900 }).price).toEqual({ currency: "EUR", max: 90_000 });
    expect(filterOf({ max: 900 }).price).toBeUndefined();
  });
});
