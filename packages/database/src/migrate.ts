import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { Pool, PoolExecutor } from "./driver/pool-executor.ts";
import type { Executor } from "./driver/statement.ts";
import { type Database, DatabaseHandle, executorOf } from "./queryable.ts";
import { transaction } from "./transaction.ts";

export interface MigrationStatus {
  /** Names of the migrations that the database has, oldest first. */
  readonly applied: readonly string[];
  /** Names of the migrations that it still needs. */
  readonly pending: readonly string[];
  /** How many it has that this Lectern does not know: a newer one made them. */
  readonly unknown: number;
}

export interface MigrateOptions {
  /** Folder of the journal and the SQL files. Default: this package's own. */
  readonly folder?: string;
  /** Milliseconds for one migration, waiting for another instance's included. Default 30 minutes. */
  readonly timeoutMs?: number;
  /** Called before each migration, with its name. */
  readonly onMigration?: (name: string) => void;
}

/** A migration was edited after this database had got it: what the database has is not what the files say. */
export class MigrationChanged extends Error {
  override readonly name = "MigrationChanged";
  readonly migration: string;

  constructor(migration: string) {
    super(
      `The migration ${migration} was changed after this database had got it. Restore the file, or make the database anew.`,
    );
    this.migration = migration;
  }
}

interface Migration {
  readonly name: string;
  readonly createdAt: number;
  readonly hash: string;
  readonly statements: readonly string[];
}

/** Where drizzle-kit's own migrator keeps its list, so that either can go on where the other stopped. */
const table = "drizzle.__drizzle_migrations";

/** "lectern migrations", as a number that nobody else takes for an advisory lock. */
const lockKey = "7310593858020254331";

export const migrationsFolder = fileURLToPath(new URL("../migrations", import.meta.url));

/**
 * Brings the database up to date: each pending migration in a transaction of its own, on a connection of its own.
 * Any number of instances may do so at once: they take turns, and each migration runs once.
 * @returns the names of the migrations that this call applied
 * @throws MigrationChanged; StatementFailed for a migration that fails, which leaves the ones before it in place
 */
export async function migrate(
  db: Database,
  options: MigrateOptions = {},
): Promise<readonly string[]> {
  const migrations = readMigrations(options.folder ?? migrationsFolder);
  if (pendingOf(migrations, await readApplied(db[executorOf])).length === 0) return [];
  const timeoutMs = options.timeoutMs ?? 30 * 60_000;
  const { policy } = db[executorOf].pool;
  const executor = new PoolExecutor(
    new Pool({ ...policy, size: 1, applicationName: `${policy.applicationName} migration` }),
  );
  const connection = new DatabaseHandle(executor, db.serverVersion);
  const appliedHere: string[] = [];
  try {
    for (const migration of migrations) {
      const isApplied = await transaction(
        connection,
        { timeoutMs, statementTimeoutMs: timeoutMs },
        async (tx) => applyOnce(tx[executorOf], migration, options),
      );
      if (isApplied) appliedHere.push(migration.name);
    }
  } finally {
    await connection.close();
  }
  return appliedHere;
}

/** What the database has and what it lacks; for readiness, and for `lectern doctor`. @throws MigrationChanged */
export async function migrationStatus(
  db: Database,
  folder = migrationsFolder,
): Promise<MigrationStatus> {
  const migrations = readMigrations(folder);
  const applied = await readApplied(db[executorOf]);
  const pending = pendingOf(migrations, applied);
  return {
    applied: migrations.filter((migration) => !pending.includes(migration)).map(({ name }) => name),
    pending: pending.map(({ name }) => name),
    unknown: [...applied.keys()].filter(
      (createdAt) => !migrations.some((migration) => migration.createdAt === createdAt),
    ).length,
  };
}

/** @returns false when the database had it already */
async function applyOnce(
  executor: Executor,
  migration: Migration,
  { onMigration }: MigrateOptions,
): Promise<boolean> {
  // Held to the end of the transaction, so that it works through PgBouncer too.
  await run(executor, `select pg_advisory_xact_lock(${lockKey})`);
  // Under the lock: two instances that create the same schema at once fail, IF NOT EXISTS or not.
  await run(executor, "create schema if not exists drizzle");
  await run(
    executor,
    `create table if not exists ${table} (id serial primary key, hash text not null, created_at bigint)`,
  );
  const applied = await readApplied(executor);
  if (pendingOf([migration], applied).length === 0) return false;
  onMigration?.(migration.name);
  for (const statement of migration.statements) await run(executor, statement);
  await executor.run(
    {
      ...plain,
      name: "record migration",
      text: `insert into ${table} (hash, created_at) values ($1, $2)`,
    },
    [migration.hash, String(migration.createdAt)],
  );
  return true;
}

/** Hashes of the migrations that the database has, by the time that names them in the journal. */
async function readApplied(executor: Executor): Promise<ReadonlyMap<number, string>> {
  const { rows: found } = await executor.run(
    { ...plain, text: `select to_regclass('${table}') is not null` },
    [],
  );
  if (!Array.isArray(found[0]) || found[0][0] !== true) return new Map();
  const { rows } = await executor.run(
    { ...plain, text: `select created_at, hash from ${table}` },
    [],
  );
  return new Map(
    rows.flatMap((row) => (Array.isArray(row) ? [[Number(row[0]), String(row[1])] as const] : [])),
  );
}

function pendingOf(
  migrations: readonly Migration[],
  applied: ReadonlyMap<number, string>,
): Migration[] {
  return migrations.filter((migration) => {
    const hash = applied.get(migration.createdAt);
    if (hash !== undefined && hash !== migration.hash) throw new MigrationChanged(migration.name);
    return hash === undefined;
  });
}

function readMigrations(folder: string): Migration[] {
  const journal = join(folder, "meta", "_journal.json");
  if (!existsSync(journal)) return [];
  const names = namesByTime(JSON.parse(readFileSync(journal, "utf8")));
  return readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }) => ({
    name: names.get(folderMillis) ?? String(folderMillis),
    createdAt: folderMillis,
    hash,
    statements: sql,
  }));
}

function namesByTime(journal: unknown): Map<number, string> {
  const names = new Map<number, string>();
  for (const entry of list(journal, "entries")) {
    const [when, tag] = [property(entry, "when"), property(entry, "tag")];
    if (typeof when === "number" && typeof tag === "string") names.set(when, tag);
  }
  return names;
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = property(value, key);
  return Array.isArray(found) ? found : [];
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

const plain = { name: undefined, prepare: false, rowsAsArrays: true };

async function run(executor: Executor, text: string) {
  await executor.run({ ...plain, text }, []);
}
