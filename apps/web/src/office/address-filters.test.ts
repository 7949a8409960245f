import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseSearch, stringifySearch } from "../routes/search-string.ts";
import {
  countFilters,
  dayFilter,
  flagFilter,
  manyFilter,
  oneFilter,
  readFilters,
  textFilter,
  writeFilters,
} from "./address-filters.ts";

const Status = z.enum(["held", "confirmed", "cancelled"]);
const shape = z.object({
  q: textFilter(20),
  status: manyFilter(Status),
  sort: oneFilter(z.enum(["name", "date"])),
  from: dayFilter(),
  late: flagFilter(),
});

function read(query: string) {
  return readFilters(shape, parseSearch(query));
}

describe("filters in an address", () => {
  it("are read as they are written", () => {
    const filters = {
      q: "ada",
      status: ["held", "confirmed"],
      sort: "date",
      from: "2027-03-01",
      late: true,
    };
    const query = stringifySearch(writeFilters(filters));
    expect(query).toBe("?q=ada&status=held&status=confirmed&sort=date&from=2027-03-01&late=1");
    expect(read(query)).toEqual(filters);
    expect(countFilters(read(query))).toBe(6);
  });

  it("are left out one by one where they are not right", () => {
    expect(
      read("?q=%00&status=held&status=nonsense&status=held&sort=size&from=2027-02-30&late=yes&x=1"),
    ).toEqual({ status: ["held"] });
    expect(read(`?q=${"x".repeat(21)}&late=1&late=2`)).toEqual({ late: true });
    expect(countFilters(read(""))).toBe(0);
  });

  it("never fail, whatever stands there, and mean the same once written again", () => {
    const name = fc.constantFrom("q", "status", "sort", "from", "late", "__proto__", "other");
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom("held", "confirmed", "name", "2027-03-01", "1"),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
        const filters = read(`?${new URLSearchParams(pairs).toString()}`);
        expect(read(stringifySearch(writeFilters(filters)))).toEqual(filters);
      }),
    );
  });
});
