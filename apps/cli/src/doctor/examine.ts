import type { LecternClient } from "@lectern/client";
import type { Database } from "@lectern/database/queryable";
import type { Config } from "../config.ts";
import { checkAcademy } from "./check-academy.ts";
import { checkAudit } from "./check-audit.ts";
import { checkConfiguration } from "./check-configuration.ts";
import { checkDiscounts, checkTransfers, checkWaitlists } from "./check-counts.ts";
import { checkIndexes, checkMigrations } from "./check-schema.ts";
import { checkSeats } from "./check-seats.ts";
import { checkClock, checkDerivedTimes, checkTimeZones } from "./check-time.ts";
import { checkJobs, checkMail } from "./check-work.ts";
import { type CheckResult, ok, reasonOf, skipped, trouble } from "./check.ts";
import { openLocalDatabase } from "./local-database.ts";

type Look = (db: Database) => Promise<CheckResult | CheckResult[]>;

/** What is asked of the database, in order; the schema first, because the rest relies on it. */
const LOOKS: readonly (readonly [name: string, look: Look])[] = [
  ["Indexes", checkIndexes],
  ["Clock", checkClock],
  ["Time zones", checkTimeZones],
  ["Times of runs", checkDerivedTimes],
  ["Places", checkSeats],
  ["Waiting lists", checkWaitlists],
  ["Discount codes", checkDiscounts],
  ["Transfers", checkTransfers],
  ["Jobs", checkJobs],
  ["Mail", checkMail],
  ["Audit log", checkAudit],
];

async function lookAt(name: string, look: Look, db: Database): Promise<CheckResult[]> {
  try {
    return [await look(db)].flat();
  } catch (error) {
    return [
      trouble(name, `could not be looked at: ${reasonOf(error)}`, "See the log of PostgreSQL."),
    ];
  }
}

async function examineDatabase(db: Database): Promise<CheckResult[]> {
  const results = [ok("Database", `PostgreSQL ${db.serverVersion}`)];
  const migrations = await checkMigrations(db);
  results.push(migrations);
  for (const [name, look] of LOOKS) {
    // Tables that are not there yet can't be asked.
    if (migrations.status === "trouble" && name !== "Clock") {
      results.push(skipped(name, "not looked at: the migrations come first"));
    } else {
      results.push(...(await lookAt(name, look, db)));
    }
  }
  return results;
}

/** Looks at everything that can be wrong with the academy on this machine. */
export async function examine(
  config: Config,
  client: LecternClient,
  url: string,
): Promise<CheckResult[]> {
  const results = [...(await checkConfiguration(config)), await checkAcademy(client, url)];
  if (results.some(({ name, status }) => name === "Configuration" && status === "trouble")) {
    return results;
  }
  const opened = await openLocalDatabase(config, "lectern-doctor");
  if ("problem" in opened) {
    results.push(trouble("Database", opened.problem, opened.advice));
    return results;
  }
  try {
    results.push(...(await examineDatabase(opened.db)));
  } finally {
    await opened.db.close();
  }
  return results;
}
