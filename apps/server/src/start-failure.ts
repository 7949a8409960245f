import { WrongSecret } from "@lectern/auth/encryption/keyring";
import { DataDirectoryInUse } from "@lectern/database/embedded/data-lock";
import { ConnectFailed, UnsupportedServerVersion } from "@lectern/database/errors";
import { ConfigError } from "./config.ts";
import { PortTakenError } from "./port.ts";

/**
 * @param error what kept Lectern from starting
 * @returns what went wrong and what to do, for people; the whole error where neither is known
 */
export function explainStartFailure(error: unknown): string {
  if (
    error instanceof PortTakenError ||
    error instanceof ConfigError ||
    error instanceof WrongSecret
  ) {
    return error.message;
  }
  if (error instanceof DataDirectoryInUse) {
    const { pid, url } = error.holder;
    const where = url === undefined ? "is starting" : `is already running at ${url}`;
    return `Lectern ${where} (process ${pid}). Stop it first, or give this one a folder of its own: LECTERN_DATA=… npm start`;
  }
  if (error instanceof UnsupportedServerVersion) {
    return `${error.message}. Upgrade the server, or leave DATABASE_URL out: Lectern brings a PostgreSQL of its own.`;
  }
  if (error instanceof ConnectFailed) {
    return `${error.message}\nCheck DATABASE_URL and that the server is up, or leave it out: Lectern brings a PostgreSQL of its own.`;
  }
  return `Lectern could not start.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
