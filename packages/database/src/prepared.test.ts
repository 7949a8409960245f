import { eq, sql } from "drizzle-orm";
import {
  integer,
  jsonb as jsonbColumn,
  pgEnum,
  pgTable,
  text as textColumn,
  timestamp as timestampColumn,
  uuid as uuidColumn,
  varchar,
} from "drizzle-orm/pg-core";
import fc from "fast-check";
import { beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import {
  arrayOf,
  bool,
  bytea,
  type Codec,
  date,
  float8,
  instant,
  int4,
  int8,
  json,
  nullable,
  numeric,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
} from "./codecs.ts";
import { prepared, preparedQueries, rows } from "./prepared.ts";
import { explain } from "./testing/explain.ts";
import { useTestDatabase } from "./testing/database.ts";
import { transaction } from "./transaction.ts";

const mood = pgEnum("mood", ["calm", "busy"]);
const thing = pgTable("thing", {
  id: uuidColumn("id").primaryKey(),
  code: varchar("code", { length: 3 }),
  mood: mood("mood").notNull(),
  tags: textColumn("tags").array().notNull(),
  moods: mood("moods").array(),
  data: jsonbColumn("data"),
  seenAt: timestampColumn("seen_at", { withTimezone: true, precision: 3 }),
  count: integer("count").notNull(),
});
const part = pgTable("part", {
  thingId: uuidColumn("thing_id").notNull(),
  label: textColumn("label").notNull(),
});

const database = useTestDatabase();

beforeAll(async () => {
  await database().db.execute(sql`create type mood as enum ('calm', 'busy')`);
  await database().db.execute(
    sql`create table thing (id uuid primary key, code varchar(3), mood mood not null, tags text[] not null, moods mood[], data jsonb,
      seen_at timestamptz(3), count int not null)`,
  );
  await database().db.execute(sql`create table part (thing_id uuid not null, label text not null)`);
});

const id = "0190c2a0-0000-7000-8000-000000000001";

const insertThing = prepared(
  "test.insertThing",
  {
    id: thing.id,
    code: nullable(thing.code),
    mood: thing.mood,
    tags: thing.tags,
    moods: nullable(thing.moods),
    data: nullable(thing.data),
    seenAt: nullable(thing.seenAt),
    count: thing.count,
  },
  (q, $) => q.insert(thing).values($).returning({ id: thing.id }),
);

const thingById = prepared("test.thingById", { id: thing.id }, (q, $) =>
  q.select().from(thing).where(eq(thing.id, $.id)).limit(1),
);

test("a query of Drizzle's takes typed parameters, encoded as their columns say", async () => {
  const seenAt = new Date("2026-03-29T01:30:00.125Z");
  const data = { note: 'quotes " and \\ backslashes', list: [1, null] };
  const inserted = await insertThing.execute(database().db, {
    id,
    code: null,
    mood: "calm",
    tags: ['a "b"', "c,d", "NULL", "{}"],
    moods: ["busy", "calm"],
    data,
    seenAt,
    count: 3,
  });
  expect(inserted).toEqual([{ id }]);
  const found = await thingById.first(database().db, { id });
  expect(found).toEqual({
    id,
    code: null,
    mood: "calm",
    tags: ['a "b"', "c,d", "NULL", "{}"],
    moods: ["busy", "calm"],
    data,
    seenAt,
    count: 3,
  });
  expectTypeOf(found).toEqualTypeOf<typeof thing.$inferSelect | undefined>();
  expect(await thingById.first(database().db, { id: crypto.randomUUID() })).toBeUndefined();
});

test("parameters are checked by the compiler", () => {
  // @ts-expect-error a parameter is missing
  void (() => thingById.execute(database().db, {}));
  // @ts-expect-error not a mood
  const wrong: Parameters<typeof insertThing.execute>[1]["mood"] = "angry";
  expect(wrong).toBe("angry");
  expectTypeOf<Parameters<typeof insertThing.execute>[1]["seenAt"]>().toEqualTypeOf<Date | null>();
});

test("a missing parameter is named, not sent as NULL", async () => {
  const values: { id?: string } = {};
  // @ts-expect-error what the compiler refuses, JavaScript may still do
  await expect(thingById.execute(database().db, values)).rejects.toThrow('"id" is missing');
});

test("a value too long for its column is refused, not cut off", async () => {
  const failure = insertThing.execute(database().db, {
    id: crypto.randomUUID(),
    code: "four",
    mood: "calm",
    tags: [],
    moods: null,
    data: null,
    seenAt: null,
    count: 0,
  });
  await expect(failure).rejects.toThrow(/too long/);
});

test("JSON that is a string stays the string it is", async () => {
  const other = crypto.randomUUID();
  const row = {
    id: other,
    code: null,
    mood: "busy",
    tags: [],
    moods: null,
    seenAt: null,
    count: 1,
  } as const;
  await insertThing.execute(database().db, { ...row, data: "5" });
  expect((await thingById.first(database().db, { id: other }))?.data).toBe("5");
});

test("an update without RETURNING tells how many rows it wrote", async () => {
  const touch = prepared("test.touch", { id: thing.id, count: int4 }, (q, $) =>
    q.update(thing).set({ count: $.count }).where(eq(thing.id, $.id)),
  );
  const result = await touch.execute(database().db, { id, count: 9 });
  expect(result.count).toBe(1);
  expect((await touch.execute(database().db, { id: crypto.randomUUID(), count: 9 })).count).toBe(0);
});

test("the number of a limit stands in the statement, where the planner sees it", async () => {
  const { db } = database();
  const page = db.select({ id: thing.id }).from(thing).limit(1);
  expect(page.toSQL().sql).toMatch(/ limit 1$/u);
  expect(page.toSQL().params).toEqual([]);
  await expect(page).resolves.toHaveLength(1);
  await expect(db.select().from(thing).limit(0)).resolves.toEqual([]);
  expect(() => db.select().from(thing).limit(1.5).toSQL()).toThrow(RangeError);
  expect(() => db.select().from(thing).limit(-1).toSQL()).toThrow(RangeError);
});

test("a limit and the values of an update are parameters like any other", async () => {
  const page = prepared("test.page", { limit: int8, moods: arrayOf(thing.mood) }, (q, $) =>
    q
      .select({ id: thing.id, total: sql`count(*) over ()`.mapWith(int8) })
      .from(thing)
      .where(sql`${thing.mood} = any(${$.moods})`)
      .limit($.limit),
  );
  const found = await page.execute(database().db, { limit: 1, moods: ["calm", "busy"] });
  expect(found).toHaveLength(1);
  expectTypeOf(found).toEqualTypeOf<{ id: string; total: number }[]>();
  expect(await page.execute(database().db, { limit: 0, moods: ["calm"] })).toEqual([]);
});

test("raw SQL answers rows of the described shape, whatever the order of its columns", async () => {
  const moods = prepared("test.moods", { ids: arrayOf(thing.id), least: int4 }, (_, $) =>
    rows(
      { id: thing.id, seenAt: thing.seenAt, placesLeft: int8, moods: arrayOf(thing.mood) },
      sql`select array[mood] as moods, count(*) over () as places_left, seen_at, id
          from ${thing} where id = any(${$.ids}) and (${$.least} = 0 or ${thing.count} >= ${$.least})`,
    ),
  );
  const found = await moods.execute(database().db, { ids: [id], least: 0 });
  expect(found).toEqual([
    { id, seenAt: new Date("2026-03-29T01:30:00.125Z"), placesLeft: 1, moods: ["calm"] },
  ]);
  expectTypeOf(found).toEqualTypeOf<
    { id: string; seenAt: Date | null; placesLeft: number; moods: readonly ("calm" | "busy")[] }[]
  >();
});

test("raw SQL that lacks a described column says which", async () => {
  const lacking = prepared("test.lacking", {}, () =>
    rows({ missing: text }, sql`select 1 as there`),
  );
  await expect(lacking.execute(database().db, {})).rejects.toThrow(
    'no column for "missing": it has there',
  );
});

test("a joined table without a row is null, and with one an object", async () => {
  const joined = prepared("test.joined", { id: thing.id }, (q, $) =>
    q
      .select({ thing: { id: thing.id, mood: thing.mood }, part: { label: part.label } })
      .from(thing)
      .leftJoin(part, eq(part.thingId, thing.id))
      .where(eq(thing.id, $.id)),
  );
  expect(await joined.execute(database().db, { id })).toEqual([
    { thing: { id, mood: "calm" }, part: null },
  ]);
  await database().db.insert(part).values({ thingId: id, label: "x" });
  expect(await joined.execute(database().db, { id })).toEqual([
    { thing: { id, mood: "calm" }, part: { label: "x" } },
  ]);
});

test("two queries can't have one name", () => {
  prepared("test.once", {}, () => sql`select 1`);
  expect(() => prepared("test.once", {}, () => sql`select 2`)).toThrow(/test\.once/);
});

describe("on the server", () => {
  const statementsOf = prepared("test.statements", { name: text }, (_, $) =>
    rows(
      { statement: text, genericPlans: int8, customPlans: int8 },
      sql`select statement, generic_plans, custom_plans from pg_prepared_statements where statement like '/* ' || ${$.name} || ' */%'`,
    ),
  );
  const countAbove = prepared(
    "test.countAbove",
    { least: int4, only: nullable(thing.mood) },
    (_, $) =>
      rows(
        { total: int8 },
        sql`select count(*) as total from ${thing} where count > ${$.least} and (${$.only} is null or mood = ${$.only})`,
      ),
  );

  test("a query is prepared once on a connection, whatever its parameters, and planned generically", async () => {
    await transaction(database().db, {}, async (tx) => {
      for (const [least, only] of [
        [1, null],
        [2, "busy"],
        [3, null],
      ] as const)
        await countAbove.execute(tx, { least, only });
      const found = await statementsOf.execute(tx, { name: "test.countAbove" });
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ genericPlans: 3, customPlans: 0 });
    });
  });

  test("the same connection keeps it from one transaction to the next, and for single statements", async () => {
    const single = await onOneConnection();
    await countAbove.execute(single.db, { least: 1, only: null });
    await transaction(single.db, {}, (tx) => countAbove.execute(tx, { least: 2, only: null }));
    await countAbove.execute(single.db, { least: 3, only: "calm" });
    const found = await statementsOf.execute(single.db, { name: "test.countAbove" });
    expect(found).toHaveLength(1);
    expect(found[0]?.genericPlans).toBe(3);
    await single.db.close();
  });

  test("without parameters it is prepared too", async () => {
    const plain = prepared("test.plain", {}, () => rows({ one: int4 }, sql`select 1 as one`));
    await transaction(database().db, {}, async (tx) => {
      expect(await plain.execute(tx, {})).toEqual([{ one: 1 }]);
      expect(await statementsOf.execute(tx, { name: "test.plain" })).toHaveLength(1);
    });
  });

  test("nothing is prepared where that is switched off, as behind PgBouncer", async () => {
    const single = await onOneConnection({ pgbouncer: true });
    expect(await countAbove.execute(single.db, { least: 100, only: null })).toEqual([{ total: 0 }]);
    expect(await statementsOf.execute(single.db, { name: "test.countAbove" })).toEqual([]);
    await single.db.close();
  });
});

describe("every codec gives back what it was given", () => {
  const instants = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  const strings = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
  // PostgreSQL's jsonb has neither lone surrogates nor NUL, and reads -0 as 0. V8's JSON.parse may take an
  // escaped name for a backslash once it has seen one as a name: https://github.com/nodejs/node/issues/63785
  const jsons = fc
    .jsonValue({ noUnicodeString: true })
    .filter((value) => !/\\u0000|\\\\/u.test(JSON.stringify(value)))
    .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  const plainDates = instants.map((value) =>
    Temporal.PlainDate.from(value.toISOString().slice(0, 10)),
  );

  const cases = [
    roundTrip("text", text, strings),
    roundTrip("uuid", uuid, fc.uuid()),
    roundTrip("bool", bool, fc.boolean()),
    roundTrip("int4", int4, fc.integer()),
    roundTrip("int8", int8, fc.maxSafeInteger()),
    roundTrip(
      "float8",
      float8,
      fc.double({ noNaN: true }).map((value) => value + 0),
    ),
    roundTrip(
      "numeric",
      numeric,
      fc.bigInt().map((value) => `${value}.50`),
    ),
    roundTrip(
      "bytea",
      bytea,
      fc.uint8Array().map((value) => Buffer.from(value)),
    ),
    roundTrip("timestamptz", timestamptz, instants),
    roundTrip(
      "instant",
      instant,
      instants.map((value) => Temporal.Instant.from(value.toISOString()).add({ microseconds: 7 })),
    ),
    roundTrip("date", date, plainDates),
    roundTrip(
      "timestamp",
      timestamp,
      instants.map((value) => Temporal.PlainDateTime.from(value.toISOString().slice(0, 23))),
    ),
    roundTrip(
      "time",
      time,
      instants.map((value) => Temporal.PlainTime.from(value.toISOString().slice(11, 23))),
    ),
    roundTrip(
      "json",
      json,
      jsons.filter((value) => value !== null),
    ),
    roundTrip("text[]", arrayOf(text), fc.array(strings)),
    roundTrip("nullable text[]", arrayOf(nullable(text)), fc.array(fc.option(strings))),
    roundTrip("uuid[]", arrayOf(uuid), fc.array(fc.uuid())),
    roundTrip("bool[]", arrayOf(bool), fc.array(fc.boolean())),
    roundTrip("timestamptz[]", arrayOf(timestamptz), fc.array(instants)),
    roundTrip("json[]", arrayOf(json), fc.array(jsons.filter((value) => value !== null))),
    roundTrip(
      "bytea[]",
      arrayOf(bytea),
      fc.array(fc.uint8Array().map((value) => Buffer.from(value))),
    ),
    roundTrip("nullable int4", nullable(int4), fc.option(fc.integer())),
  ];

  test.each(cases)("$name", async ({ property }) => {
    await expect(fc.assert(property, { numRuns: 60 })).resolves.toBeUndefined();
  });

  test("numbers that a number can't hold are refused", async () => {
    const big = prepared("test.big", {}, () =>
      rows({ big: int8 }, sql`select 9007199254740993 as big`),
    );
    await expect(big.execute(database().db, {})).rejects.toThrow(RangeError);
    expect(() => int8.mapToDriverValue(2 ** 53)).toThrow(RangeError);
  });
});

function roundTrip(name: string, codec: Codec<unknown>, values: fc.Arbitrary<unknown>) {
  const echo = prepared(`test.echo ${name}`, { value: codec }, (_, $) =>
    rows({ value: codec }, sql`select ${$.value} as value`),
  );
  const property = fc.asyncProperty(values, async (value) => {
    expect(await echo.first(database().db, { value })).toEqual({ value });
  });
  return { name, property };
}

async function onOneConnection(options: { pgbouncer?: boolean } = {}) {
  const { connect } = await import("./connect.ts");
  return { db: await connect({ url: database().url, poolSize: 1, ...options }) };
}

test("the generic plan of a prepared query can be looked at", async ({ skip }) => {
  skip(
    Number.parseInt(database().db.serverVersion) < 16,
    "EXPLAIN (GENERIC_PLAN) came with PostgreSQL 16",
  );
  const plan = await explain(database().db, thingById);
  expect(plan).toMatch(/Index Scan using thing_pkey/);
  expect(preparedQueries().get("test.thingById")).toBe(thingById);
});
