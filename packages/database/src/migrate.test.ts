import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "./connect.ts";
import { StatementFailed } from "./errors.ts";
import { migrate, MigrationChanged, migrationsFolder, migrationStatus } from "./migrate.ts";
import { createTestDatabase } from "./testing/database.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lectern-migrations-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A folder as drizzle-kit would have written it. */
async function write(migrations: readonly (readonly [tag: string, sql: string])[]) {
  const entries = migrations.map(([tag], idx) => ({
    idx,
    version: "7",
    when: 1000 + idx,
    tag,
    breakpoints: true,
  }));
  await mkdir(join(folder, "meta"), { recursive: true });
  await writeFile(
    join(folder, "meta", "_journal.json"),
    JSON.stringify({ version: "7", dialect: "postgresql", entries }),
  );
  for (const [tag, text] of migrations) await writeFile(join(folder, `${tag}.sql`), text);
}

/** A database with nothing in it, not even the list of migrations. */
async function emptyDatabase() {
  const database = await createTestDatabase();
  await database.db.execute(sql`drop schema public cascade`);
  await database.db.execute(sql`drop schema drizzle cascade`);
  await database.db.execute(sql`create schema public`);
  return database;
}

const two = [
  [
    "0000_first",
    "create table first (n int);--> statement-breakpoint\ninsert into first values (1);",
  ],
  ["0001_second", "create table second (n int);"],
] as const;

test("Lectern's own migrations are in a test's database, and nothing is pending", async () => {
  await using database = await createTestDatabase();
  const files = (await readdir(migrationsFolder))
    .filter((file) => file.endsWith(".sql"))
    .map((file) => file.replace(/\.sql$/, ""));
  expect(await migrationStatus(database.db)).toEqual({
    applied: files.toSorted(),
    pending: [],
    unknown: 0,
  });
  expect(await migrate(database.db)).toEqual([]);
});

test("each pending migration is applied once, in order, and reported", async () => {
  await using database = await emptyDatabase();
  await write(two);
  expect(await migrationStatus(database.db, folder)).toEqual({
    applied: [],
    pending: ["0000_first", "0001_second"],
    unknown: 0,
  });
  const seen: string[] = [];
  expect(await migrate(database.db, { folder, onMigration: (name) => seen.push(name) })).toEqual([
    "0000_first",
    "0001_second",
  ]);
  expect(seen).toEqual(["0000_first", "0001_second"]);
  expect(await migrate(database.db, { folder })).toEqual([]);
  expect(await migrationStatus(database.db, folder)).toEqual({
    applied: ["0000_first", "0001_second"],
    pending: [],
    unknown: 0,
  });
});

test("many instances that start at once apply each migration once", async () => {
  await using database = await emptyDatabase();
  await write(two);
  const instances = await Promise.all(
    Array.from({ length: 5 }, () => connect({ url: database.url, poolSize: 1 })),
  );
  const applied = await Promise.all(instances.map((db) => migrate(db, { folder })));
  expect(applied.flat().toSorted()).toEqual(["0000_first", "0001_second"]);
  expect((await database.db.execute(sql`select n from first`)).rows).toEqual([{ n: 1 }]);
  await Promise.all(instances.map((db) => db.close()));
});

test("a migration that fails leaves nothing of itself, and the ones before it in place", async () => {
  await using database = await emptyDatabase();
  await write([
    two[0],
    ["0001_broken", "create table half (n int);--> statement-breakpoint\nselect 1 / 0;"],
  ]);
  await expect(migrate(database.db, { folder })).rejects.toThrow(StatementFailed);
  expect(await migrationStatus(database.db, folder)).toEqual({
    applied: ["0000_first"],
    pending: ["0001_broken"],
    unknown: 0,
  });
  expect((await database.db.execute(sql`select to_regclass('half') as half`)).rows).toEqual([
    { half: null },
  ]);
});

test("a migration that was edited after it was applied is refused by name", async () => {
  await using database = await emptyDatabase();
  await write(two);
  await migrate(database.db, { folder });
  await writeFile(join(folder, "0000_first.sql"), "create table other (n int);");
  const failure = await migrate(database.db, { folder }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MigrationChanged);
  expect(String(failure)).toContain("0000_first");
});

test("a database that a newer Lectern has migrated is told apart from one that lacks something", async () => {
  await using database = await emptyDatabase();
  await write(two);
  await migrate(database.db, { folder });
  await write([two[0]]);
  expect(await migrationStatus(database.db, folder)).toEqual({
    applied: ["0000_first"],
    pending: [],
    unknown: 1,
  });
});

test("a migration may take longer than any statement of the application", async () => {
  await using database = await emptyDatabase();
  await write([["0000_long", "select pg_sleep(1.2);"]]);
  const brief = await connect({
    url: database.url,
    statementTimeoutMs: 800,
    transactionTimeoutMs: 800,
  });
  expect(await migrate(brief, { folder })).toEqual(["0000_long"]);
  await brief.close();
});

test("a folder without migrations is an academy that needs none", async () => {
  await using database = await emptyDatabase();
  expect(await migrate(database.db, { folder })).toEqual([]);
  expect(await migrationStatus(database.db, folder)).toEqual({
    applied: [],
    pending: [],
    unknown: 0,
  });
});

test("drizzle-kit's own list is the one that is kept", async () => {
  await using database = await emptyDatabase();
  await write(two);
  await migrate(database.db, { folder });

  const hash = createHash("sha256")
    .update(await readFile(join(folder, "0000_first.sql"), "utf8"))
    .digest("hex");
  const { rows } = await database.db.execute(
    sql`select hash, created_at from drizzle.__drizzle_migrations order by id limit 1`,
  );
  expect(rows).toEqual([{ hash, created_at: "1000" }]);
});
