import { describe, expect, test } from "vitest";
import { isPublicHoliday, publicHolidays } from "./holidays.ts";

/**
 * As proclaimed by gov.uk, lovdata.no, Diyanet and Law 2429, berlin.de, opm.gov and mom.gov.sg: dates
 * to be in the list, and working days next to them that must not be.
 */
describe("public holidays", () => {
  test.each([
    [
      "GB",
      2026,
      ["2026-04-03", "2026-04-06", "2026-05-25", "2026-12-25", "2026-12-28"],
      ["2026-12-29"],
    ],
    ["GB", 2027, ["2027-03-26", "2027-03-29", "2027-12-27", "2027-12-28"], ["2027-12-29"]],
    ["GB", 2028, ["2028-01-03"], ["2028-01-04"]],
    ["NO", 2027, ["2027-03-25", "2027-05-06", "2027-05-17"], ["2027-03-24", "2027-05-07"]],
    ["NO", 2028, ["2028-05-17", "2028-05-25", "2028-06-05"], ["2028-05-16", "2028-05-26"]],
    [
      "TR",
      2026,
      ["2026-03-20", "2026-05-27", "2026-05-29", "2026-10-29"],
      ["2026-03-23", "2026-06-01"],
    ],
    [
      "TR",
      2027,
      ["2027-03-09", "2027-03-11", "2027-05-18", "2027-05-19"],
      ["2027-03-12", "2027-05-20"],
    ],
    ["DE", 2027, ["2027-03-08", "2027-05-06", "2027-05-17"], ["2027-10-04"]],
    ["US", 2026, ["2026-07-03", "2026-11-26"], ["2026-07-06", "2026-11-27"]],
    [
      "US",
      2027,
      ["2027-06-18", "2027-07-05", "2027-12-24", "2027-12-31"],
      ["2027-06-21", "2027-12-27"],
    ],
    ["SG", 2026, ["2026-02-18", "2026-06-01", "2026-08-10", "2026-11-09"], ["2026-11-10"]],
    ["SG", 2027, ["2027-02-08", "2027-05-20", "2027-10-28"], ["2027-02-09", "2027-10-29"]],
    ["SG", 2028, ["2028-10-17"], ["2028-11-15"]],
  ] as const)("%s %i", (country, year, free, working) => {
    const known = publicHolidays(country, year);
    expect(free.filter((date) => !known.has(date))).toEqual([]);
    expect(working.filter((date) => known.has(date))).toEqual([]);
  });

  test("are of the year that was asked for", () => {
    for (const country of ["GB", "NO", "TR", "DE", "US", "SG"] as const) {
      for (let year = 2024; year <= 2040; year += 1) {
        const outside = [...publicHolidays(country, year).keys()].filter(
          (date) => !date.startsWith(`${year}-`),
        );
        expect(outside, `${country} ${year}`).toEqual([]);
        expect(isPublicHoliday(country, new Temporal.PlainDate(year, 1, 1))).toBe(true);
      }
    }
  });
});
