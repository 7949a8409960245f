import { readFileSync } from "node:fs";
import { librarySql } from "@lectern/database/library-sql";
import { migrationsFolder } from "@lectern/database/migrate";
import { useTestDatabase } from "@lectern/database/testing/database";
import { getConstructionPlans } from "pg-boss";
import { expect, test } from "vitest";
import { createBoss } from "./boss.ts";

const database = useTestDatabase();

function withoutLayout(sql: string): string {
  return sql.replaceAll(/\s+/g, " ").trim();
}

/** What belongs to a transaction of pg-boss's own: a migration has one already. */
const ownTransaction = /^(BEGIN;|SET LOCAL .*;|SELECT pg_advisory_xact_lock\(.*\);|COMMIT;)$/;

test("the migration lays the schema that this version of pg-boss would make", () => {
  const migration = readFileSync(`${migrationsFolder}/0010_jobs.sql`, "utf8");
  const [laid = ""] = migration.split("--> statement-breakpoint");
  const planned = getConstructionPlans("pgboss")
    .split("\n")
    .filter((line) => !ownTransaction.test(line.trim()));
  expect(withoutLayout(laid.replaceAll(/^--.*$/gm, ""))).toBe(withoutLayout(planned.join("\n")));
});

test("pg-boss finds its schema in a migrated database, and nothing to migrate", async () => {
  const boss = createBoss(librarySql(database().db));
  await boss.start();
  await boss.stop({ close: false });
  expect(await boss.detectSchemaDrift()).toMatchObject({ ok: true });
});
