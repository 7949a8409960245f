import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPublicHoliday } from "../holidays.ts";
import { bigCourses } from "./course-templates.ts";
import { createPlan } from "./plan.ts";

const today = Temporal.PlainDate.from("2026-11-22");
const milliseconds = Date.UTC(2026, 10, 22);

const anyPlan = fc
  .record({
    size: fc.integer({ min: 1, max: 12_000 }),
    days: fc.integer({ min: 0, max: 1500 }),
    seed: fc.nat(),
  })
  .map(({ size, days, seed }) => ({
    size,
    plan: createPlan(size, today.add({ days }), seed, milliseconds),
  }));

describe("the plan of the big academy", () => {
  test("has exactly as many runs as asked for, numbered in their order", () => {
    fc.assert(
      fc.property(anyPlan, ({ size, plan }) => {
        const numbers = [...plan.runs()].map(({ number }) => number);
        expect(numbers).toEqual(Array.from({ length: size }, (_, i) => i));
      }),
      { numRuns: 25 },
    );
  });

  test("never has a lane's room and instructor in two places", () => {
    fc.assert(
      fc.property(anyPlan, ({ plan }) => {
        const sittings = [...plan.runs()].flatMap(({ lane, times }) =>
          times.sittings.map(({ localStart }) => `${lane.number} ${localStart}`),
        );
        expect(new Set(sittings).size).toBe(sittings.length);
      }),
      { numRuns: 15 },
    );
  });

  test("spreads the runs of an offer from half a year back to two years ahead", () => {
    const plan = createPlan(200_000, today, 1, milliseconds);
    const starts = [...plan.runs()].map(({ times }) => times.first.localStart.slice(0, 10));
    const years = Object.groupBy(starts, (date) => date.slice(0, 4));
    expect(starts.reduce((a, b) => (a < b ? a : b)) > "2026-05-01").toBe(true);
    expect(starts.reduce((a, b) => (a > b ? a : b)) > "2028-06-01").toBe(true);
    expect(years["2027"]?.length).toBeGreaterThan(60_000);
  });

  test("teaches on weekdays that are no public holiday", () => {
    const plan = createPlan(5000, today, 1, milliseconds);
    const idle = [...plan.runs()].flatMap(({ lane, times }) =>
      times.sittings
        .map(({ localStart }) => Temporal.PlainDate.from(localStart))
        .filter((date) => date.dayOfWeek > 5 || isPublicHoliday(lane.city.country, date)),
    );
    expect(idle).toEqual([]);
  });

  test("gives each of many courses a code, slug and title of its own", () => {
    const courses = bigCourses(12_000, milliseconds);
    for (const key of ["id", "code", "slug", "title"] as const) {
      expect(new Set(courses.map(({ row }) => row[key])).size).toBe(courses.length);
    }
  });
});
