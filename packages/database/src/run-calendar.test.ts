import { sql } from "drizzle-orm";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { expect, test } from "vitest";
import type { Queryable } from "./queryable.ts";
import { course } from "./schema/catalogue.ts";
import { courseRun, runCalendar, venue } from "./schema/scheduling.ts";
import { createTestDatabase, useTestDatabase } from "./testing/database.ts";
import { transaction } from "./transaction.ts";

/** The triggers of 0005_run_calendar_rules: the calendar says what the runs say, whatever is done to them. */

const database = useTestDatabase();

async function createCourse(db: Queryable): Promise<string> {
  const id = uuidv7();
  const suffix = id.slice(-12);
  await db
    .insert(course)
    .values({ id, code: `T-${suffix.toUpperCase()}`, slug: `t-${suffix}`, title: "Calendars" });
  return id;
}

function runOf(courseId: string): typeof courseRun.$inferInsert {
  return {
    id: uuidv7(),
    courseId,
    status: "confirmed",
    deliveryMode: "virtual",
    language: "en",
    timeZone: "Europe/Oslo",
    localStart: "2040-01-01T09:00",
    localEnd: "2040-01-01T17:00",
    startsAt: new Date("2040-01-01T08:00:00Z"),
    endsAt: new Date("2040-01-01T16:00:00Z"),
    priceAmount: 100,
    priceCurrency: "NOK",
  };
}

const start = fc.integer({ min: -3, max: 40 }).map((days) => {
  const startsAt = new Date(Date.UTC(2040, 0, 1 + days, 8));
  return days < 0 ? new Date("2020-01-01T08:00:00Z") : startsAt;
});

const fields = {
  startsAt: start,
  status: fc.constantFrom("draft", "tentative", "confirmed", "cancelled", "completed"),
  visibility: fc.constantFrom("public", "private"),
  language: fc.constantFrom("en", "nb"),
  deliveryMode: fc.constantFrom("classroom", "virtual"),
  timeZone: fc.constantFrom("Europe/Oslo", "Asia/Tokyo"),
  priceAmount: fc.constantFrom(null, 0, 100),
  course: fc.nat(1),
  venue: fc.constantFrom(null, 0, 1),
} as const;

const change = fc.record(fields, { requiredKeys: [] });
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

const step = fc.oneof(
  fc.record({
    kind: fc.constant("insert" as const),
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant("update" as const),
    change,
    share: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant("delete" as const), share: fc.integer({ min: 2, max: 4 }) }),
);

/** Each run that the public may still look forward to, as the calendar and as the runs have it. */
async function bothViews(db: Queryable): Promise<{ calendar: unknown[]; runs: unknown[] }> {
  const columns = sql`course_id, venue_id, delivery_mode, language, time_zone, price_amount, price_currency`;
  const calendar = await db.execute(sql`
    SELECT ${columns}, start FROM run_calendar, unnest(starts) AS start
    WHERE start > now() ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`);
  const runs = await db.execute(sql`
    SELECT ${columns}, starts_at AS start FROM course_run
    WHERE visibility = 'public' AND status IN ('tentative', 'confirmed') AND starts_at > now()
    ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`);
  return { calendar: calendar.rows, runs: runs.rows };
}

/** Halving finds its place in an ordered array alone. */
async function unsorted(db: Queryable): Promise<unknown[]> {
  const { rows } = await db.execute(sql`
    SELECT starts FROM run_calendar WHERE starts <> ARRAY(SELECT unnest(starts) ORDER BY 1)`);
  return rows;
}

test("the calendar follows every insert, change and deletion of runs", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const { db } = database();
      await db.execute(sql`TRUNCATE course_run CASCADE`);
      expect(await db.$count(runCalendar)).toBe(0);
      const courses = [await createCourse(db), await createCourse(db)];
      const venues = [uuidv7(), uuidv7()];
      await db.insert(venue).values(
        venues.map((id) => ({
          id,
          name: id,
          city: "Oslo",
          country: "NO",
          timeZone: "Europe/Oslo",
        })),
      );
      const columnsOf = ({ course: at, venue: in_, startsAt, priceAmount, ...rest }: Change) => ({
        ...rest,
        ...(at !== undefined && { courseId: courses[at] ?? "" }),
        ...(in_ !== undefined && { venueId: in_ === null ? null : (venues[in_] ?? null) }),
        ...(startsAt && { startsAt, endsAt: startsAt }),
        ...(priceAmount !== undefined && {
          priceAmount,
          priceCurrency: priceAmount === null ? null : "NOK",
        }),
      });
      for (const each of steps) {
        if (each.kind === "insert") {
          await db.insert(courseRun).values(
            each.changes.map((values) => ({
              ...runOf(courses[0] ?? ""),
              ...columnsOf(values),
            })),
          );
        } else {
          const some = sql`abs(hashtext(${courseRun.id}::text)) % ${sql`${each.share}::int`} = 0`;
          if (each.kind === "delete") await db.delete(courseRun).where(some);
          else {
            const values = { version: 2, ...columnsOf(each.change) };
            await db.update(courseRun).set(values).where(some);
          }
        }
        const { calendar, runs } = await bothViews(db);
        expect(calendar).toEqual(runs);
        expect(await unsorted(db)).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

const otherCourse = uuidv7();
const otherVenue = uuidv7();

test.each<Partial<typeof courseRun.$inferInsert>>([
  { courseId: otherCourse },
  { venueId: otherVenue },
  { deliveryMode: "classroom" },
  { language: "nb" },
  { timeZone: "Asia/Tokyo" },
  { startsAt: new Date("2039-12-31T08:00:00Z") },
  { priceAmount: 200 },
  { priceCurrency: "EUR" },
  { visibility: "private" },
  { status: "cancelled" },
])("the calendar notices a change to %o alone", async (values) => {
  await using own = await createTestDatabase();
  const { db } = own;
  await db
    .insert(course)
    .values({ id: otherCourse, code: "OTHER", slug: "other", title: "Another course" });
  await db
    .insert(venue)
    .values({ id: otherVenue, name: "Hall", city: "Oslo", country: "NO", timeZone: "Europe/Oslo" });
  await db.insert(courseRun).values(runOf(await createCourse(db)));
  const before = await bothViews(db);
  await db.update(courseRun).set(values);
  const after = await bothViews(db);
  expect(after.calendar).not.toEqual(before.calendar);
  expect(after.calendar).toEqual(after.runs);
});

test("runs that several transactions schedule at once are all in the calendar", async () => {
  await using own = await createTestDatabase({ poolSize: 8 });
  const { db } = own;
  const courseId = await createCourse(db);
  const days = Array.from({ length: 24 }, (_, day) => new Date(Date.UTC(2040, 0, 1 + day, 8)));
  await Promise.all(
    days.map((startsAt) =>
      transaction(db, {}, async (tx) => {
        await tx.insert(courseRun).values({ ...runOf(courseId), startsAt, endsAt: startsAt });
      }),
    ),
  );
  const rows = await db.select({ starts: runCalendar.starts }).from(runCalendar);
  expect(rows).toEqual([{ starts: days }]);
});
