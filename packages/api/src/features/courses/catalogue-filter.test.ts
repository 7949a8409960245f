import type { z } from "zod";
import { createTestDatabase, useTestDatabase } from "@lectern/database/testing/database";
import type { CoursesListInput } from "@lectern/contract/courses";
import type { RunsUpcomingInput } from "@lectern/contract/runs";
import { COURSE_LEVELS, DELIVERY_MODES } from "@lectern/contract/vocabulary";
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
  type RunRow,
  runFits,
  runsThatFit,
  CITIES,
  COUNTRIES,
  LANGUAGES,
  TOPICS,
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

function titleOf(run: RunRow): string {
  return catalogue.courses.find((row) => row.id === run.courseId)?.title ?? "";
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
          const counts = (values: readonly { value: string; count: number }[]) =>
            Object.fromEntries(values.map(({ value, count }) => [value, count]));
          const totals = async <Value extends string>(
            values: readonly Value[],
            choice: (value: Value) => Partial<CourseQuestion>,
          ) => {
            const entries: [string, number][] = [];
            for (const value of values) {
              const left = await total(choice(value));
              if (left > 0) entries.push([value, left]);
            }
            return Object.fromEntries(entries);
          };
          expect({
            topics: counts(counted.topics),
            levels: counts(counted.levels),
            languages: counts(counted.languages),
            deliveryModes: counts(counted.deliveryModes),
            countries: counts(counted.countries),
            cities: counts(counted.cities),
          }).toEqual({
            topics: await totals(TOPICS, (value) => ({ topics: [value] })),
            levels: await totals(COURSE_LEVELS, (value) => ({ levels: [value] })),
            languages: await totals(LANGUAGES, (value) => ({ languages: [value] })),
            deliveryModes: await totals(DELIVERY_MODES, (value) => ({ deliveryModes: [value] })),
            countries: await totals(COUNTRIES, (value) => ({ countries: [value] })),
            cities: await totals(CITIES, (value) => ({ cities: [value] })),
          });
          const unpriced = { ...filter, price: null };
          const inCourses = coursesThatFit(catalogue, unpriced);
          for (const { currency, min, max, count } of counted.currencies) {
            expect(await total({ price: { currency } })).toBe(count);
            const amounts = catalogue.runs
              .filter(
                (run) =>
                  run.priceCurrency === currency &&
                  isUpcoming(catalogue, run) &&
                  runFits(catalogue, run, unpriced) &&
                  inCourses.has(run.courseId) &&
                  titleOf(run).includes(query ?? ""),
              )
              .map((run) => run.priceAmount ?? NaN);
            expect([min, max]).toEqual([Math.min(...amounts), Math.max(...amounts)]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("gives the range of prices in each currency, and counts a course once", async () => {
    await using own = await createTestDatabase();
    const { id: courseId } = await createTestCourse(own.db);
    for (const priceAmount of [300_00, 100_00, 200_00, null]) {
      const priceCurrency = priceAmount === null ? null : "NOK";
      await createTestRun(own.db, { courseId, values: { priceAmount, priceCurrency } });
    }
    const { currencies } = await facetCourses(own.db, call, {});
    expect(currencies).toEqual([{ currency: "NOK", min: 100_00, max: 300_00, count: 1 }]);
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
        return isUpcoming(catalogue, run) && titleOf(run).includes(query);
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
