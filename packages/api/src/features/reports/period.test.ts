import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PeriodInput, periodOf } from "./period.ts";
import { spansBetween } from "./sums/spans.ts";

const calendar = { today: Temporal.PlainDate.from("2027-02-15"), timeZone: "Europe/Oslo" };

function datesOf(input: Partial<PeriodInput>, ahead: "nothing" | "plans" = "nothing") {
  const { from, to, step, steps, before } = periodOf(
    { preset: "last_12_months", ...input },
    calendar,
    ahead,
  );
  return `${from} ${to} by ${step} (${steps.length}), before ${before.from} ${before.to} (${before.steps.length})`;
}

describe("the period of a report", () => {
  it.each<[PeriodInput["preset"], string]>([
    ["last_30_days", "2027-01-17 2027-02-15 by day (30), before 2026-12-18 2027-01-16 (30)"],
    ["last_month", "2027-01-01 2027-01-31 by day (31), before 2026-12-01 2026-12-31 (31)"],
    ["last_quarter", "2026-10-01 2026-12-31 by week (14), before 2026-07-01 2026-09-30 (14)"],
    ["last_year", "2026-01-01 2026-12-31 by month (12), before 2025-01-01 2025-12-31 (12)"],
    ["next_30_days", "2027-02-15 2027-03-16 by day (30), before 2027-01-16 2027-01-16 (1)"],
  ])("that is called %s", (preset, dates) => {
    expect(datesOf({ preset })).toBe(dates);
  });

  it("that is not over is compared with as much of the one before", () => {
    expect(datesOf({ preset: "this_month" })).toBe(
      "2027-02-01 2027-02-28 by day (28), before 2027-01-01 2027-01-15 (15)",
    );
    expect(datesOf({ preset: "this_year" })).toBe(
      "2027-01-01 2027-12-31 by month (12), before 2026-01-01 2026-02-15 (2)",
    );
    expect(datesOf({ preset: "this_month" }, "plans")).toBe(
      "2027-02-01 2027-02-28 by day (28), before 2027-01-01 2027-01-31 (28)",
    );
  });

  it("is cut where the calendar's weeks, months and quarters begin", () => {
    const { steps } = periodOf(
      { preset: "this_month", from: "2026-02-10", to: "2026-08-20", step: "quarter" },
      calendar,
      "nothing",
    );
    expect(steps).toEqual([
      { from: "2026-02-10", to: "2026-03-31" },
      { from: "2026-04-01", to: "2026-06-30" },
      { from: "2026-07-01", to: "2026-08-20" },
    ]);
  });

  it.each<[string, Partial<PeriodInput>, RegExp]>([
    ["a beginning without an end", { from: "2026-01-01" }, /ends on one, too/u],
    ["an end without a beginning", { to: "2026-01-01" }, /begins on one, too/u],
    ["an end before its beginning", { from: "2026-01-02", to: "2026-01-01" }, /is before/u],
    ["more than ten years", { from: "2016-01-01", to: "2026-12-31" }, /3660 days at most/u],
    ["too many steps", { from: "2026-01-01", to: "2026-12-31", step: "day" }, /take longer ones/u],
  ])("is none with %s", (_, input, why) => {
    expect(() => datesOf(input)).toThrow(why);
  });

  const day = fc
    .integer({ min: 0, max: 2_000 })
    .map((days) => Temporal.PlainDate.from("2024-01-01").add({ days }));

  it("has steps that are all of its days, in their order, and so has the one before", () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 700 }),
        fc.constantFrom("week", "month", "quarter", "year", null),
        (from, days, step) => {
          const input = { from: from.toString(), to: from.add({ days }).toString(), step };
          const period = periodOf({ preset: "last_year", ...input }, calendar, "plans");
          for (const { from: first, to, steps } of [period, period.before]) {
            expect(steps.flatMap((one) => [...eachDay(one.from, one.to)])).toEqual([
              ...eachDay(first, to),
            ]);
          }
          expect(period.before.to).toBe(from.subtract({ days: 1 }).toString());
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is made of months, weeks and days, each day once", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), (from, days) => {
        const to = from.add({ days });
        const spans = spansBetween(from, to);
        const covered = spans.flatMap(({ grain, first }) => {
          const next = first.add({ [`${grain}s`]: 1 });
          const last = next.subtract({ days: 1 });
          return [...eachDay(first.toString(), last.toString())];
        });
        expect(covered).toEqual([...eachDay(from.toString(), to.toString())]);
        const askew = spans.filter(
          ({ grain, first }) =>
            (grain === "week" && first.dayOfWeek !== 1) || (grain === "month" && first.day !== 1),
        );
        expect(askew).toEqual([]);
        // A year is some months, and no more days than there are at both ends of them.
        expect(spans.length).toBeLessThanOrEqual(days / 28 + 24);
      }),
      { numRuns: 100 },
    );
  });
});

function* eachDay(from: string, to: string): Generator<string> {
  const last = Temporal.PlainDate.from(to);
  for (
    let day = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    yield day.toString();
  }
}
