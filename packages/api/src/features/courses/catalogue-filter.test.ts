import type { z } from "zod";
import { createTestDatabase, useTestDatabase } from "@lectern/database/testing/database";
import type { CoursesListInput } from "@lectern/contract/courses";
import type { RunsUpcomingInput } from "@lectern/contract/runs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createTestCourse,
  createTestRun,
  testCall,
  type TestRunOptions,
} from "../../testing/factories.ts";
import {
  coursesThatFit,
  createRandomCatalogue,
  isUpcoming,
  type RandomCatalogue,
  randomFilter,
  runsThatFit,
  WORDS,
} from "../../testing/random-catalogue.ts";
import { listUpcomingRuns } from "../runs/list-upcoming-runs.ts";
import { facetCourses } from "./facet-courses.ts";
import { listCourses } from "./list-courses.ts";

/** Lists and counts, held against the same question asked of the rows in memory. */

const database = useTestDatabase();
const call = testCall();
let catalogue: RandomCatalogue;

beforeAll(async () => {
  catalogue = await createRandomCatalogue(database().db, 20_270_301);
});

type CourseQuestion = Omit<z.infer<typeof CoursesListInput>, "cursor">;
type RunQuestion = Omit<z.infer<typeof RunsUpcomingInput>, "cursor">;

async function allPages<Item>(
  ask: (
    cursor: string | null,
  ) => Promise<{ items: Item[]; nextCursor: string | null; total: number }>,
): Promise<{ items: Item[]; totals: number[] }> {
  const items: Item[] = [];
  const totals: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await ask(cursor);
    items.push(...page.items);
    totals.push(page.total);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { items, totals };
}

function allCourses(question: CourseQuestion) {
  return allPages((cursor) => listCourses(database().db, call, { ...question, cursor }));
}

function allRuns(question: RunQuestion, { db } = database()) {
  return allPages((cursor) => listUpcomingRuns(db, call, { ...question, cursor }));
}

const limits = fc.integer({ min: 1, max: 12 });
const runs = { numRuns: 60 };

describe("the catalogue", () => {
  it("has courses and runs to tell apart", () => {
    expect(catalogue.courses.filter((row) => row.status === "published").length).toBeGreaterThan(
      10,
    );
    expect(catalogue.runs.filter((row) => isUpcoming(catalogue, row)).length).toBeGreaterThan(30);
  });

  it("lists exactly the courses that fit, page by page, each once", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomFilter,
        limits,
        fc.constantFrom("title", "next_run", null),
        async (filter, limit, sort) => {
          const { items, totals } = await allCourses({ ...filter, limit, sort });
          const expected = coursesThatFit(catalogue, filter);
          expect(items.map((item) => item.id).toSorted()).toEqual([...expected].toSorted());
          expect(new Set(totals)).toEqual(new Set([expected.size]));
          const whole = await listCourses(database().db, call, { ...filter, limit: 100, sort });
          expect(items).toEqual(whole.items);
        },
      ),
      runs,
    );
  });

  it("sorts by the next run, courses without one last", async () => {
    const { items } = await allCourses({ limit: 7, sort: "next_run" });
    const starts = items.map((item) => item.nextRun?.startsAt ?? "9999");
    expect(starts).toEqual(starts.toSorted());
    expect(starts).toContain("9999");
  });

  it("says of each course what its upcoming runs are", async () => {
    const { items } = await allCourses({ limit: 100 });
    for (const item of items) {
      const own = catalogue.runs
        .filter((run) => run.courseId === item.id && isUpcoming(catalogue, run))
        .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
      expect(item.upcomingRuns).toBe(own.length);
      expect(item.nextRun?.startsAt ?? null).toBe(own[0]?.startsAt.toISOString() ?? null);
      const lowest = new Map<string, number>();
      for (const { priceAmount, priceCurrency } of own) {
        if (typeof priceAmount !== "number" || !priceCurrency) continue;
        lowest.set(priceCurrency, Math.min(priceAmount, lowest.get(priceCurrency) ?? Infinity));
      }
      expect(new Map(item.pricesFrom.map((each) => [each.currency, each.amount]))).toEqual(lowest);
    }
  });

  it("counts in each facet what the list would hold with that choice", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomFilter,
        fc.option(fc.constantFrom(...WORDS)),
        async (filter, query) => {
          const question = { ...filter, query };
          const counted = await facetCourses(database().db, call, question);
          const total = async (choice: Partial<CourseQuestion>) => {
            const page = await listCourses(database().db, call, {
              ...question,
              ...choice,
              limit: 1,
            });
            return page.total;
          };
          for (const { value, count } of counted.topics)
            expect(count, value).toBe(await total({ topics: [value] }));
          for (const { value, count } of counted.countries)
            expect(count, value).toBe(await total({ countries: [value] }));
          for (const { value, count } of counted.cities)
            expect(count, value).toBe(await total({ cities: [value] }));
          for (const { value, count } of counted.languages)
            expect(count, value).toBe(await total({ languages: [value] }));
          for (const level of ["beginner", "intermediate", "advanced"] as const) {
            const count = counted.levels.find((each) => each.value === level)?.count ?? 0;
            expect(count, level).toBe(await total({ levels: [level] }));
          }
          for (const mode of ["classroom", "virtual", "blended"] as const) {
            const count = counted.deliveryModes.find((each) => each.value === mode)?.count ?? 0;
            expect(count, mode).toBe(await total({ deliveryModes: [mode] }));
          }
          for (const { currency, min, max, count } of counted.currencies) {
            expect(count, currency).toBe(await total({ price: { currency } }));
            expect(await total({ price: { currency, min, max } })).toBe(count);
            expect(await total({ price: { currency, max: min } })).toBeGreaterThan(0);
            expect(await total({ price: { currency, min: max } })).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("searches within the filter, and pages through what it found", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomFilter,
        limits,
        fc.constantFrom(...WORDS),
        fc.constantFrom("relevance", "title", "next_run", null),
        async (filter, limit, query, sort) => {
          const { items } = await allCourses({ ...filter, limit, query, sort });
          const expected = catalogue.courses.filter(
            (row) => coursesThatFit(catalogue, filter).has(row.id) && row.title.includes(query),
          );
          expect(items.map((item) => item.id).toSorted()).toEqual(
            expected.map((row) => row.id).toSorted(),
          );
        },
      ),
      runs,
    );
  });
});

describe("upcoming runs", () => {
  it("are exactly the public ones that fit, soonest first, page by page, each once", async () => {
    await fc.assert(
      fc.asyncProperty(randomFilter, limits, async (filter, limit) => {
        const { items, totals } = await allRuns({ ...filter, limit });
        const expected = runsThatFit(catalogue, filter);
        expect(items.map((item) => item.id).toSorted()).toEqual([...expected].toSorted());
        expect(new Set(totals)).toEqual(new Set([expected.size]));
        const keys = items.map((item) => `${item.startsAt} ${item.id}`);
        expect(keys).toEqual(keys.toSorted());
      }),
      runs,
    );
  });

  it("are found by their course's words and slug", async () => {
    for (const query of WORDS) {
      const { items } = await allRuns({ query, limit: 9 });
      const expected = catalogue.runs.filter((run) => {
        const of = catalogue.courses.find((row) => row.id === run.courseId);
        return isUpcoming(catalogue, run) && of?.title.includes(query);
      });
      expect(items.map((item) => item.id).toSorted()).toEqual(
        expected.map((run) => run.id).toSorted(),
      );
    }
    for (const { id, slug } of catalogue.courses) {
      const { items } = await allRuns({ course: slug, limit: 3 });
      const expected = catalogue.runs.filter(
        (run) => run.courseId === id && isUpcoming(catalogue, run),
      );
      expect(items.map((item) => item.id).toSorted()).toEqual(
        expected.map((run) => run.id).toSorted(),
      );
    }
  });

  it("are told apart from others of their course at the same time", async () => {
    await using own = await createTestDatabase();
    const { db } = own;
    const { id: courseId, slug } = await createTestCourse(db);
    const open = await createTestRun(db, { courseId });
    const others: TestRunOptions["values"][] = [
      { language: "nb" },
      { deliveryMode: "blended" },
      { priceAmount: 1 },
      { priceCurrency: "EUR" },
      { priceAmount: null, priceCurrency: null },
    ];
    for (const values of others) await createTestRun(db, { courseId, values: values ?? {} });
    for (const hidden of [{ visibility: "private" }, { status: "draft" }] as const) {
      await createTestRun(db, { courseId, values: hidden });
    }
    const narrowed = {
      course: slug,
      languages: ["en"],
      deliveryModes: ["virtual" as const],
      price: { currency: "NOK", min: 2 },
      limit: 1,
    };
    const { items } = await allRuns(narrowed, own);
    expect(items.map((item) => item.id)).toEqual([open.id]);
    const all = await allRuns({ course: slug, limit: 2 }, own);
    expect(all.items).toHaveLength(6);
    expect(all.totals).toEqual([6, 6, 6]);
  });
});
