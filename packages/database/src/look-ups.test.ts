import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { arrayOf, int4, text } from "./codecs.ts";
import { LookUps } from "./look-ups.ts";
import { prepared, rows } from "./prepared.ts";
import { type Database, withSignal } from "./queryable.ts";
import { useTestDatabase } from "./testing/database.ts";

interface Word {
  readonly key: string;
  readonly length: number;
}

const database = useTestDatabase();
const words = Array.from({ length: 250 }, (_, index) => `word-${index}`);

beforeAll(async () => {
  await database().db.execute(sql`create table word (key text primary key)`);
  await database().db.execute(
    sql`insert into word select unnest(${sql.param(words)}::text[]) union select 'broken'`,
  );
});

const wordsByKey = prepared("test.wordsByKey", { keys: arrayOf(text) }, (_, $) =>
  rows(
    { key: text, length: int4 },
    sql`select key, case key when 'broken' then 1 / (length(key) - 6) else length(key) end as length
      from word where key = any(${$.keys}) order by key desc`,
  ),
);

function watched() {
  const asked: (readonly string[])[] = [];
  const lookUps = new LookUps<Word>(
    (db: Database, keys) => {
      asked.push(keys);
      return wordsByKey.execute(db, { keys });
    },
    ({ key }) => key,
  );
  return { lookUps, asked, find: (key: string) => lookUps.find(database().db, key) };
}

describe("look-ups", () => {
  it("that come together are one statement, and each gets its own row", async () => {
    const { find, asked } = watched();
    const found = await Promise.all(["word-1", "none", "word-10", "word-1"].map(find));
    expect(found).toEqual([
      { key: "word-1", length: 6 },
      undefined,
      { key: "word-10", length: 7 },
      { key: "word-1", length: 6 },
    ]);
    expect(asked).toEqual([["word-1", "none", "word-10"]]);
  });

  it("that come one after the other share nothing, so that each sees what is there by then", async () => {
    const { find, asked } = watched();
    expect(await find("later")).toBeUndefined();
    await database().db.execute(sql`insert into word values ('later')`);
    expect(await find("later")).toEqual({ key: "later", length: 5 });
    expect(asked).toEqual([["later"], ["later"]]);
  });

  it("are a hundred at most in one statement", async () => {
    const { find, asked } = watched();
    const found = await Promise.all(words.map(find));
    expect(found.map((word) => word?.key)).toEqual(words);
    expect(asked.map((keys) => keys.length)).toEqual([100, 100, 50]);
  });

  it("that fail do so for all who share the statement, and for nobody after them", async () => {
    const { find } = watched();
    const ended = await Promise.allSettled(["broken", "word-2"].map(find));
    expect(ended.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await find("word-2")).toEqual({ key: "word-2", length: 6 });
  });

  it("of requests with a signal each go together, and are cut off with none of them", async () => {
    const { lookUps, asked } = watched();
    const leaving = new AbortController();
    const finding = [
      lookUps.find(withSignal(database().db, leaving.signal), "word-3"),
      lookUps.find(withSignal(database().db, new AbortController().signal), "word-4"),
    ];
    leaving.abort();
    expect((await Promise.all(finding)).map((word) => word?.key)).toEqual(["word-3", "word-4"]);
    expect(asked).toEqual([["word-3", "word-4"]]);
  });
});
