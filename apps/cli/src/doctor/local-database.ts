import { join } from "node:path";
import type { Database } from "@lectern/database/queryable";
import type { Config } from "../config.ts";
import { reasonOf } from "./check.ts";

/** The database of the academy on this machine, for the commands of its operator. */
export type LocalDatabase =
  | { readonly db: Database }
  | { readonly problem: string; readonly advice: string };

/** Questions about a million runs take longer than a click. */
const STATEMENT_TIMEOUT_MS = 5 * 60_000;
const TRANSACTION_TIMEOUT_MS = 4 * 60 * 60_000;

/** Folder of the embedded database in the data folder, as the server has it. */
function embeddedDirectory(dataDirectory: string): string {
  return join(dataDirectory, "postgres");
}

async function urlOf(config: Config): Promise<string | undefined> {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const { findEmbeddedServer } = await import("@lectern/database/embedded/server");
  return (await findEmbeddedServer(embeddedDirectory(config.dataDirectory)))?.url;
}

/** @returns a connection to `DATABASE_URL`, or to the embedded server that runs on the data folder */
export async function openLocalDatabase(
  config: Config,
  applicationName: string,
): Promise<LocalDatabase> {
  const url = await urlOf(config);
  if (url === undefined) {
    return {
      problem: `no embedded PostgreSQL runs under ${config.dataDirectory}`,
      advice:
        "Start the academy with npm start; LECTERN_DATA or DATABASE_URL name another database.",
    };
  }
  const { connect } = await import("@lectern/database/connect");
  try {
    const db = await connect({
      url,
      poolSize: 2,
      applicationName,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      transactionTimeoutMs: TRANSACTION_TIMEOUT_MS,
    });
    return { db };
  } catch (error) {
    return {
      problem: reasonOf(error),
      advice: "Check that PostgreSQL runs and takes these credentials.",
    };
  }
}
