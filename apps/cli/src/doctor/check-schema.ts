import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "@lectern/database/queryable";
import { type CheckResult, ok, reasonOf, someOf, trouble, warning } from "./check.ts";
import { rowsOf, textIn } from "./rows.ts";

/** Whether the database is what the migrations make of it. */

/** @returns whether all migrations of this release are there, and no others */
export async function checkMigrations(db: Database): Promise<CheckResult> {
  const name = "Migrations";
  const { migrationStatus } = await import("@lectern/database/migrate");
  try {
    const { applied, pending, unknown } = await migrationStatus(db);
    if (pending.length > 0) {
      return trouble(
        name,
        `${pending.length} are pending: ${someOf(pending)}`,
        "Start the academy once: it migrates by itself.",
      );
    }
    if (unknown > 0) {
      return warning(
        name,
        `${unknown} of a newer release`,
        "Use the release that last ran on this database.",
      );
    }
    return ok(name, `${applied.length} of ${applied.length} applied`);
  } catch (error) {
    return trouble(name, reasonOf(error), "Restore the migration as it was released.");
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function namesUnder(table: unknown, group: string): string[] {
  const members = isObject(table) ? table[group] : undefined;
  return isObject(members) ? Object.keys(members) : [];
}

/** What no snapshot of the schema holds, because only SQL can say it. */
function exclusionsIn(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  const statements = files.toSorted().map((file) => readFileSync(join(folder, file), "utf8"));
  return statements.flatMap((sql) =>
    [...sql.matchAll(/ADD CONSTRAINT "([^"]+)"\s+EXCLUDE/gu)].flatMap(([, each]) => each ?? []),
  );
}

/** Names of the indexes and constraints that the migrations end with. */
function expectedNames(folder: string): { indexes: string[]; constraints: string[] } {
  const meta = join(folder, "meta");
  const latest = readdirSync(meta)
    .filter((file) => file.endsWith("_snapshot.json"))
    .toSorted()
    .at(-1);
  if (latest === undefined) throw new Error(`No snapshot of the schema in ${meta}`);
  const snapshot: unknown = JSON.parse(readFileSync(join(meta, latest), "utf8"));
  const tables =
    isObject(snapshot) && isObject(snapshot["tables"]) ? Object.values(snapshot["tables"]) : [];
  const groups = ["uniqueConstraints", "checkConstraints", "foreignKeys", "compositePrimaryKeys"];
  return {
    indexes: tables.flatMap((table) => namesUnder(table, "indexes")),
    constraints: [
      ...tables.flatMap((table) => groups.flatMap((group) => namesUnder(table, group))),
      ...exclusionsIn(folder),
    ],
  };
}

const INDEXES = `
  select c.relname as name, i.indisvalid and i.indisready as works
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace = 'public'::regnamespace`;
const CONSTRAINTS = `
  select conname as name, convalidated as works
  from pg_constraint where connamespace = 'public'::regnamespace`;

/** PostgreSQL cuts longer names. */
const NAME_MAX = 63;

async function compare(
  db: Database,
  what: string,
  question: string,
  expected: readonly string[],
): Promise<CheckResult> {
  const rows = await rowsOf(db, question);
  const found = new Set(rows.map((row) => textIn(row, "name")));
  const broken = rows.filter((row) => row["works"] !== true).map((row) => textIn(row, "name"));
  const missing = expected.filter((name) => !found.has(name.slice(0, NAME_MAX)));
  const kind = what.toLowerCase();
  if (missing.length > 0) {
    return trouble(
      what,
      `missing: ${someOf(missing)}`,
      `Somebody dropped them. Recreate these ${kind} as the migrations define them.`,
    );
  }
  if (broken.length > 0) {
    const repair =
      what === "Indexes" ? "REINDEX INDEX CONCURRENTLY" : "ALTER TABLE … VALIDATE CONSTRAINT";
    return trouble(what, `not valid: ${someOf(broken)}`, `${repair} for each.`);
  }
  return ok(what, `all ${expected.length} are there and valid`);
}

/** @returns whether every index and constraint of the schema is there, and works */
export async function checkIndexes(db: Database): Promise<CheckResult[]> {
  const { migrationsFolder } = await import("@lectern/database/migrate");
  const { indexes, constraints } = expectedNames(migrationsFolder);
  return [
    await compare(db, "Indexes", INDEXES, indexes),
    await compare(db, "Constraints", CONSTRAINTS, constraints),
  ];
}
