import { transaction } from "@lectern/database/transaction";
import { catalogueChange, course, courseTopic, topic } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import type { Database } from "@lectern/database/queryable";
import { createTestDatabase, useTestDatabase } from "@lectern/database/testing/database";
import { eq, inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCourse, createTestRun, testCall } from "../../../testing/factories.ts";
import {
  createRandomCatalogue,
  LANGUAGES,
  randomFilter,
  type RandomCatalogue,
  type RandomFilter,
  WORDS,
} from "../../../testing/random-catalogue.ts";
import { searchTerms } from "../../../shared/search-terms.ts";
import { facetCourses, facetsFromDatabase } from "../facet-courses.ts";
import { catalogueInMemory } from "./catalogue-in-memory.ts";
import { forgetCatalogueChanges } from "./forget-changes.ts";

/** What memory says of the catalogue is what the database says of it, at any time. */

const database = useTestDatabase();
const call = testCall();
let catalogue: RandomCatalogue;

beforeAll(async () => {
  catalogue = await createRandomCatalogue(database().db, 11);
});

/** Dates are the database's. */
function undated(filter: RandomFilter): RandomFilter {
  return { ...filter, from: null, to: null };
}

async function fromMemory(db: Database, filter: RandomFilter | object, query?: string | null) {
  await catalogueInMemory(db).load();
  return await catalogueInMemory(db).facets(db, filter, query ? searchTerms(query) : undefined);
}

const question = fc.record({
  filter: randomFilter.map(undated),
  query: fc.option(fc.constantFrom(...WORDS)),
});

it("counts what the database counts, of any choice and search", async () => {
  const { db } = database();
  await fc.assert(
    fc.asyncProperty(question, async ({ filter, query }) => {
      const counted = await fromMemory(db, filter, query);
      expect(counted).toEqual(
        await facetsFromDatabase(db, filter, query ? searchTerms(query) : undefined),
      );
    }),
    { numRuns: 80 },
  );
});

const change = fc.record({
  of: fc.constantFrom(
    "level",
    "status",
    "languages",
    "topics",
    "run",
    "price",
    "venue",
    "topic",
    "course",
  ),
  at: fc.nat(1000),
  to: fc.nat(1000),
});
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

function pick<Value>(values: readonly Value[], at: number): Value {
  const value = values[at % values.length];
  if (value === undefined) throw new TypeError("Nothing to pick from");
  return value;
}

/** Changes something by SQL, as anybody may. */
async function make(db: Database, { of, at, to }: Change): Promise<void> {
  const courseId = pick(catalogue.courses, at).id;
  const runId = pick(catalogue.runs, at).id;
  const topics = await db.select({ id: topic.id }).from(topic).orderBy(topic.slug);
  const changes: Record<Change["of"], () => Promise<unknown>> = {
    level: () =>
      db
        .update(course)
        .set({ level: pick(["beginner", "advanced", null] as const, to) })
        .where(eq(course.id, courseId)),
    status: () =>
      db
        .update(course)
        .set({ status: pick(["published", "published", "retired"] as const, to) })
        .where(eq(course.id, courseId)),
    languages: () =>
      db
        .update(course)
        .set({ languages: LANGUAGES.slice(to % 3) })
        .where(inArray(course.id, [courseId, pick(catalogue.courses, to).id])),
    topics: () =>
      transaction(db, {}, async (tx) => {
        await tx.delete(courseTopic).where(eq(courseTopic.courseId, courseId));
        await tx.insert(courseTopic).values({ courseId, topicId: pick(topics, to).id });
      }),
    run: () =>
      db
        .update(courseRun)
        .set({ visibility: pick(["public", "private"] as const, to) })
        .where(eq(courseRun.id, runId)),
    price: () =>
      db
        .update(courseRun)
        .set({ priceAmount: (to % 4) * 100, priceCurrency: pick(["NOK", "SEK"], to) })
        .where(eq(courseRun.id, runId)),
    venue: () =>
      db
        .update(venue)
        .set({ city: pick(["Oslo", "Lillestrøm"], to) })
        .where(eq(venue.id, pick(catalogue.venues, at).id)),
    topic: () => {
      const { id } = pick(topics, at);
      return db
        .update(topic)
        .set({ name: `Topic ${to % 5} of ${id}` })
        .where(eq(topic.id, id));
    },
    course: async () => {
      const { id } = await createTestCourse(db, { status: "published" });
      await createTestRun(db, { courseId: id });
    },
  };
  await changes[of]();
}

describe("after changes", () => {
  it("says what is so now, whatever was changed, and by whom", async () => {
    const { db } = database();
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        question,
        async (changes, { filter, query }) => {
          for (const each of changes) await make(db, each);
          const counted = await facetCourses(db, call, { ...filter, query });
          const expected = await facetsFromDatabase(
            db,
            filter,
            query ? searchTerms(query) : undefined,
          );
          expect(counted).toEqual(expected);
          expect(await fromMemory(db, filter, query)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("does not show what is not committed, and shows it at once when it is", async () => {
    await using own = await createTestDatabase();
    const { db } = own;
    const { id } = await createTestCourse(db, { level: "beginner" });
    const levels = async () => (await fromMemory(db, {}))?.levels.map(({ value }) => value);
    expect(await levels()).toEqual(["beginner"]);
    const [written, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const writing = transaction(db, {}, async (tx) => {
      await tx.update(course).set({ level: "advanced" }).where(eq(course.id, id));
      written.resolve();
      await mayCommit.promise;
    });
    await written.promise;
    // Others commit meanwhile, so that the snapshot moves on over the one that is open.
    await createTestCourse(db, { level: "intermediate" });
    expect(await levels()).toEqual(["beginner", "intermediate"]);
    mayCommit.resolve();
    await writing;
    expect(await levels()).toEqual(["intermediate", "advanced"]);
  });

  it("agrees with the database while many change and many ask", async () => {
    await using own = await createTestDatabase();
    const { db } = own;
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => (await createTestCourse(db)).id),
    );
    await catalogueInMemory(db).load();
    await Promise.all(
      ids.flatMap((id, index) => [
        db
          .update(course)
          .set({ level: index % 2 === 0 ? "advanced" : "beginner" })
          .where(eq(course.id, id)),
        fromMemory(db, {}),
        fromMemory(db, { levels: ["advanced"] }),
      ]),
    );
    expect(await fromMemory(db, {})).toEqual(await facetsFromDatabase(db, {}, undefined));
    expect((await fromMemory(db, {}))?.levels.map(({ count }) => count)).toEqual([10, 10]);
  });

  it("reads all anew when more has changed than is worth telling, and lets the database answer meanwhile", async () => {
    await using own = await createTestDatabase();
    const { db } = own;
    for (let index = 0; index < 3; index += 1) await createTestCourse(db, { level: "beginner" });
    const count = async () => (await facetCourses(db, call, {})).levels[0]?.count;
    await catalogueInMemory(db).load();
    await db.insert(catalogueChange).values({ courseId: null });
    await db.update(course).set({ level: "advanced" });
    expect(await catalogueInMemory(db).facets(db, {}, undefined)).toBeUndefined();
    expect(await count()).toBe(3);
    expect((await fromMemory(db, {}))?.levels.map(({ value }) => value)).toEqual(["advanced"]);
  });
});

it("leaves out what has begun since it was read", async () => {
  await using own = await createTestDatabase();
  const { db } = own;
  const { id: courseId } = await createTestCourse(db);
  const soon = new Date(Date.now() + 700);
  await createTestRun(db, {
    courseId,
    values: { startsAt: soon, priceAmount: 100, priceCurrency: "NOK" },
  });
  const sold = async () => (await fromMemory(db, {}))?.currencies.length;
  expect(await sold()).toBe(1);
  await expect.poll(sold).toBe(0);
});

it("forgets changes after a day", async () => {
  await using own = await createTestDatabase();
  const { db } = own;
  await createTestCourse(db);
  const rows = async () => (await db.select().from(catalogueChange)).length;
  await forgetCatalogueChanges(db);
  expect(await rows()).toBeGreaterThan(0);
  await db.update(catalogueChange).set({ createdAt: sql`now() - interval '25 hours'` });
  await forgetCatalogueChanges(db);
  expect(await rows()).toBe(0);
});
