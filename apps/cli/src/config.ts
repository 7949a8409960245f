import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** The only reader of the environment. Everything else gets its configuration passed in. */

export interface Config {
  /** Address of the academy, if the environment names one. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** Absolute path of the folder where a local academy keeps its database and its secrets. */
  readonly dataDirectory: string;
  /** The PostgreSQL that a local academy was given; without it, it runs its own. */
  readonly databaseUrl: string | undefined;
  /** Absolute path of the folder where this person's sign-ins are kept. */
  readonly configDirectory: string;
}

export const DEFAULT_URL = "http://localhost:3000";

function valueOf(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === undefined || value === "" ? undefined : value;
}

/** What the server is given as a file, whose rights are its own business. */
function fileOf(environment: Environment, name: string): string | undefined {
  const path = valueOf(environment, name);
  return path === undefined ? undefined : readFileSync(path, "utf8").trim();
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Relative paths count for nothing there (XDG Base Directory Specification). */
function configHome(environment: Environment): string {
  const given = valueOf(environment, "XDG_CONFIG_HOME");
  if (given !== undefined && isAbsolute(given)) return given;
  return join(valueOf(environment, "HOME") ?? homedir(), ".config");
}

/**
 * @param environment usually `process.env`
 * @param workingDirectory what relative paths start from
 */
export function readConfig(environment: Environment, workingDirectory: string): Config {
  return {
    url: valueOf(environment, "LECTERN_URL"),
    token: valueOf(environment, "LECTERN_TOKEN"),
    dataDirectory: resolve(workingDirectory, valueOf(environment, "LECTERN_DATA") ?? ".lectern"),
    databaseUrl: valueOf(environment, "DATABASE_URL") ?? fileOf(environment, "DATABASE_URL_FILE"),
    configDirectory: join(configHome(environment), "lectern"),
  };
}

/** @returns the configuration of this process */
export function ownConfig(): Config {
  return readConfig(process.env, process.cwd());
}

/** Where the server keeps the operator token of a local academy. */
export function operatorTokenPath(dataDirectory: string): string {
  return join(dataDirectory, "operator-token");
}

/** @returns the operator token of the local academy, `undefined` where there is none to be read */
export async function readOperatorToken(dataDirectory: string): Promise<string | undefined> {
  try {
    const token = (await readFile(operatorTokenPath(dataDirectory), "utf8")).trim();
    return token === "" ? undefined : token;
  } catch {
    return undefined;
  }
}

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/u;

/** @returns whether an address is of this machine: the token of the local academy goes nowhere else */
export function isLoopback(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && LOOPBACK.test(parsed.hostname);
}
