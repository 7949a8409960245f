import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shiftSittings } from "./shift-sessions.ts";

const OSLO = "Europe/Oslo";

function on(...dates: string[]) {
  return dates.map((date) => ({ localStart: `${date}T09:00`, localEnd: `${date}T17:00` }));
}
function shifted(dates: string[], days: number, usesWeekends = false) {
  const sittings = shiftSittings(on(...dates), { days, minutes: 0, usesWeekends }, OSLO);
  return sittings.map(({ localStart }) => localStart.slice(0, 10));
}

describe("shifting sessions", () => {
  // 10 May 2027 is a Monday.
  it.each<[string, string[], number, string[]]>([
    ["days", ["2027-05-10", "2027-05-11"], 2, ["2027-05-12", "2027-05-13"]],
    ["past a weekend", ["2027-05-10", "2027-05-11"], 4, ["2027-05-14", "2027-05-17"]],
    [
      "off a weekend",
      ["2027-05-13", "2027-05-14", "2027-05-17"],
      -3,
      ["2027-05-10", "2027-05-11", "2027-05-12"],
    ],
    ["onto a weekend, forwards", ["2027-05-10"], 5, ["2027-05-17"]],
    ["onto a weekend, back", ["2027-05-10"], -1, ["2027-05-07"]],
    ["every other day", ["2027-05-10", "2027-05-12"], 2, ["2027-05-12", "2027-05-14"]],
    ["what is at weekends", ["2027-05-14", "2027-05-15"], 1, ["2027-05-15", "2027-05-16"]],
  ])("by %s", (_, dates, days, expected) => {
    expect(shifted(dates, days)).toEqual(expected);
  });

  it("counts days as they come where weekends are used", () => {
    expect(shifted(["2027-05-10", "2027-05-11"], 4, true)).toEqual(["2027-05-14", "2027-05-15"]);
  });

  it("moves the time of day, over a change of the clocks, and not past midnight", () => {
    const move = (minutes: number) =>
      shiftSittings(on("2027-03-26"), { days: 3, minutes, usesWeekends: false }, OSLO)[0];
    expect(move(-60)).toMatchObject({
      localStart: "2027-03-29T08:00",
      localEnd: "2027-03-29T16:00",
      startsAt: new Date("2027-03-29T06:00:00Z"),
    });
    expect(() => move(7 * 60)).toThrow("past midnight");
  });

  it("of working days keeps their number, their order and their distances", () => {
    const days = fc.array(fc.nat(60), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(days, fc.integer({ min: -400, max: 400 }), (offsets, by) => {
        const monday = Temporal.PlainDate.from("2027-05-10");
        const dates = [...new Set(offsets)]
          .map((offset) => monday.add({ days: offset }))
          .filter((date) => date.dayOfWeek < 6)
          .toSorted((a, b) => Temporal.PlainDate.compare(a, b))
          .map(String);
        const moved = shifted(dates, by);
        expect(moved.map(dayOfWeek).every((day) => day < 6)).toBe(true);
        expect(gaps(moved)).toEqual(gaps(dates));
      }),
    );
  });
});

function dayOfWeek(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** Working days between each and the next. */
function gaps(dates: readonly string[]): number[] {
  return dates.slice(1).map((date, index) => {
    let count = 0;
    let day = Temporal.PlainDate.from(dates[index] ?? date);
    for (; Temporal.PlainDate.compare(day, Temporal.PlainDate.from(date)) < 0;) {
      if (day.dayOfWeek < 6) count += 1;
      day = day.add({ days: 1 });
    }
    return count;
  });
}
