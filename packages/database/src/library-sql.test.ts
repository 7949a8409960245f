import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { DeadlineExceeded, isRetryable } from "./errors.ts";
import { librarySql, StatementRefused } from "./library-sql.ts";
import { useTestDatabase } from "./testing/database.ts";
import { transaction } from "./transaction.ts";

const database = useTestDatabase({ poolSize: 1, statementTimeoutMs: 1000 });

function run(text: string, values?: readonly unknown[]) {
  return librarySql(database().db).executeSql(text, values);
}

test("parameters of every kind arrive as what they are", async () => {
  const values = [
    7,
    true,
    null,
    undefined,
    new Date("2027-03-28T01:02:03.456Z"),
    ["a", 'b"', null],
    { key: ["it's", "\\"] },
    "text",
  ];
  const { rows } = await run(
    `select $1::int as number, $2::bool as yes, $3::text as nothing, $4::text as missing, $5::timestamptz as time,
      $6::text[] as list, $7::jsonb as object, $8::text as text`,
    values,
  );
  expect(rows).toEqual([
    {
      number: 7,
      yes: true,
      nothing: null,
      missing: null,
      time: new Date("2027-03-28T01:02:03.456Z"),
      list: ["a", 'b"', null],
      object: { key: ["it's", "\\"] },
      text: "text",
    },
  ]);
});

test("a prepared statement answers the same, time after time", async () => {
  const prepared = librarySql(database().db, { prepare: true });
  for (const n of [1, 2, null]) {
    const { rows } = await prepared.executeSql("select $1::int as n", [n]);
    expect(rows).toEqual([{ n }]);
  }
});

test("several statements answer with the rows of all of them", async () => {
  const { rows } = await run("select 1 as n; select 2 as n union all select 3; select 4 as m");
  expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { m: 4 }]);
});

test("a script that is a transaction happens as a whole", async () => {
  const { db } = database();
  await run("BEGIN; create table tried (n int); insert into tried values (1); COMMIT;");
  await expect(
    run(" BEGIN;\n insert into tried values (2);\n select 1 / 0;\n COMMIT;\n "),
  ).rejects.toMatchObject({ code: "22012" });
  // The one connection that there is serves on, outside of any transaction.
  const { rows } = await db.execute(
    sql`select n, pg_current_xact_id_if_assigned() as tx from tried`,
  );
  expect(rows).toEqual([{ n: 1, tx: null }]);
});

test("long work may take longer than a statement of a request", async () => {
  const patient = librarySql(database().db, { timeoutMs: 5000 });
  for (const text of [
    "select 1 as n from pg_sleep(1.2)",
    "BEGIN; select 1 as n from pg_sleep(1.2); COMMIT;",
  ]) {
    await expect(run(text)).rejects.toBeInstanceOf(DeadlineExceeded);
    expect(await patient.executeSql(text)).toEqual({ rows: [{ n: 1 }] });
  }
});

test("in a transaction, everything is in it, and a script of its own is refused", async () => {
  const { db } = database();
  await run("create table written (n int)");
  const attempt = transaction(db, {}, async (tx) => {
    const inside = librarySql(tx);
    await inside.executeSql("insert into written values ($1)", [1]);
    await expect(inside.executeSql("BEGIN; select 1; COMMIT;")).rejects.toBeInstanceOf(TypeError);
    throw new Error("no");
  });
  await expect(attempt).rejects.toThrow("no");
  expect(await run("select n from written")).toEqual({ rows: [] });
});

test("an error has its code where libraries look, and is still one of ours", async () => {
  await run("create table single (n int unique)");
  await run("insert into single values (1)");
  const error = await run("insert into single values ($1)", [1]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StatementRefused);
  expect(error).toMatchObject({ code: "23505", name: "StatementFailed" });
  expect(isRetryable(error)).toBe(false);
});
