import { stat } from "node:fs/promises";
import { platform } from "node:process";
import { isReadableOnTheWay } from "@lectern/database/connection-privacy";
import { type Config, operatorTokenPath } from "../config.ts";
import { type CheckResult, ok, reasonOf, skipped, trouble, warning } from "./check.ts";

const NAME = "Configuration";
const OTHERS = 0o077;

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whether the operator token is kept from others. */
async function checkToken(config: Config): Promise<CheckResult> {
  const name = "Operator token";
  const path = operatorTokenPath(config.dataDirectory);
  let mode: number | undefined;
  try {
    mode = await modeOf(path);
  } catch (error) {
    return trouble(
      name,
      `${path} can't be looked at: ${reasonOf(error)}`,
      "Run doctor as the user that runs the academy.",
    );
  }
  if (mode === undefined) {
    return config.token === undefined
      ? skipped(name, `${path} is not there (it is made when the academy first starts)`)
      : ok(name, "given by LECTERN_TOKEN");
  }
  if (platform !== "win32" && (mode & OTHERS) !== 0) {
    return trouble(
      name,
      `others may read ${path}`,
      `chmod 600 ${path}, and restart the academy with a new token if somebody might have read it.`,
    );
  }
  return ok(name, `${path} is its owner's alone`);
}

function checkDatabaseUrl(config: Config): CheckResult {
  if (config.databaseUrl === undefined) {
    return ok(NAME, `embedded PostgreSQL under ${config.dataDirectory}`);
  }
  const url = URL.parse(config.databaseUrl);
  if (url === null || !/^postgres(?:ql)?:$/u.test(url.protocol)) {
    return trouble(
      NAME,
      "DATABASE_URL is not an address of PostgreSQL",
      "Write postgres://user:password@host:5432/database.",
    );
  }
  if (isReadableOnTheWay(config.databaseUrl)) {
    return warning(
      NAME,
      `the connection to ${url.hostname} is not encrypted`,
      "Add sslmode=verify-full to DATABASE_URL.",
    );
  }
  return ok(NAME, `PostgreSQL on ${url.hostname}, by DATABASE_URL`);
}

/** What the environment and the data folder say. */
export async function checkConfiguration(config: Config): Promise<CheckResult[]> {
  return [checkDatabaseUrl(config), await checkToken(config)];
}
