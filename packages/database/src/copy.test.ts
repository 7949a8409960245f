import { sql } from "drizzle-orm";
import { customType, integer, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { copyInto } from "./copy.ts";
import { findDatabaseError, StatementAborted, StatementFailed } from "./errors.ts";
import { useTestDatabase } from "./testing/database.ts";
import { transaction } from "./transaction.ts";

const mood = pgEnum("copied_mood", ["calm", "busy"]);
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const copied = pgTable("copied", {
  id: integer("id").primaryKey(),
  label: text("label"),
  tags: text("tags").array(),
  mood: mood("mood"),
  seenAt: timestamp("seen_at", { withTimezone: true, precision: 3 }),
  body: bytes("body"),
  key: uuid("key").notNull().defaultRandom(),
});

const database = useTestDatabase();

beforeAll(async () => {
  await database().db.execute(sql`create type copied_mood as enum ('calm', 'busy')`);
  await database().db.execute(
    sql`create table copied (id int primary key, label text, tags text[], mood copied_mood, seen_at timestamptz(3), body bytea,
      key uuid not null default gen_random_uuid())`,
  );
});

test("every value arrives as it was, whatever characters it holds", async () => {
  const { db } = database();
  const strings = fc
    .string({
      unit: fc.constantFrom(
        "a",
        "\\",
        "\t",
        "\n",
        "\r",
        "\\N",
        "\\.",
        '"',
        ",",
        "{",
        "}",
        "é",
        "🎓",
        "'",
      ),
    })
    .map(String);
  const row = fc.record({
    label: fc.option(strings),
    tags: fc.option(fc.array(strings)),
    mood: fc.option(fc.constantFrom("calm" as const, "busy" as const)),
    seenAt: fc.option(
      fc.date({ min: new Date("1970-01-01"), max: new Date("9999-01-01"), noInvalidDate: true }),
    ),
    body: fc.option(fc.uint8Array().map((value) => Buffer.from(value))),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      const given = rows.map((values, id) => ({ id, ...values }));
      await db.delete(copied);
      const count = await transaction(db, {}, (tx) =>
        copyInto(tx, copied, ["id", "label", "tags", "mood", "seenAt", "body"], given),
      );
      expect(count).toBe(given.length);
      const found = await db
        .select({
          id: copied.id,
          label: copied.label,
          tags: copied.tags,
          mood: copied.mood,
          seenAt: copied.seenAt,
          body: copied.body,
        })
        .from(copied)
        .orderBy(copied.id);
      expect(found).toEqual(given);
    }),
    { numRuns: 30 },
  );
});

test("a row that breaks a rule fails the copy and leaves nothing", async () => {
  const { db } = database();
  await db.delete(copied);
  const failure = transaction(db, {}, (tx) =>
    copyInto(tx, copied, ["id"], [{ id: 1 }, { id: 2 }, { id: 1 }]),
  );
  await expect(failure).rejects.toThrow(StatementFailed);
  expect(findDatabaseError(await failure.catch((error: unknown) => error))).toMatchObject({
    sqlState: "23505",
    constraint: "copied_pkey",
  });
  expect(await db.$count(copied)).toBe(0);
  expect((await db.execute(sql`select 1`)).count).toBe(1);
});

test("an iterable that throws ends the copy with its own error", async () => {
  const { db } = database();
  await db.delete(copied);
  function* broken() {
    yield { id: 1 };
    throw new RangeError("out of rows");
  }
  await expect(transaction(db, {}, (tx) => copyInto(tx, copied, ["id"], broken()))).rejects.toThrow(
    "out of rows",
  );
  expect(await db.$count(copied)).toBe(0);
});

test("an endless copy ends when its signal fires, and the connection serves again", async () => {
  const { db } = database();
  await db.delete(copied);
  const controller = new AbortController();
  function* endless() {
    for (let id = 0; ; id++) {
      if (id === 50_000) controller.abort();
      yield { id };
    }
  }
  const failure = transaction(db, {}, (tx) =>
    copyInto(tx, copied, ["id"], endless(), { signal: controller.signal }),
  );
  await expect(failure).rejects.toThrow(StatementAborted);
  expect(await db.$count(copied)).toBe(0);
});
