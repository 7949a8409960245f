import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Database, connect } from "@lectern/database/connect";
import { acquireDataLock } from "@lectern/database/embedded/data-lock";
import {
  type EmbeddedServer,
  type EmbeddedServerStep,
  startEmbeddedServer,
} from "@lectern/database/embedded/server";
import type { FastifyBaseLogger } from "fastify";
import type { Config } from "./config.ts";

/** The database that an academy runs on, wherever it is. */
export interface OpenDatabase {
  readonly db: Database;
  /** Tells a second start where this one can be reached. */
  announce(address: string): Promise<void>;
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  readonly config: Config;
  readonly logger: FastifyBaseLogger;
  readonly onProgress: (step: EmbeddedServerStep) => void;
  /** The embedded server died and could not be brought back: nothing can be served any more. */
  readonly onLost: (error: unknown) => void;
}

/** Folder of the embedded database in the data folder. */
export function embeddedDirectory(dataDirectory: string): string {
  return join(dataDirectory, "postgres");
}

/**
 * Connects to the configured PostgreSQL, or starts Lectern's own and holds the data folder until
 * `close()`.
 *
 * @throws DataDirectoryInUse when another Lectern runs on the data folder
 * @throws ConnectFailed, UnsupportedServerVersion, EmbeddedServerError
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const { config, logger } = options;
  await mkdir(config.dataDirectory, { recursive: true });
  if (config.databaseUrl !== undefined) {
    const db = await connectTo(config.databaseUrl, config, logger);
    return { db, announce: async () => {}, close: () => db.close() };
  }

  const lock = await acquireDataLock(config.dataDirectory);
  try {
    const embedded = await superviseEmbedded(options);
    try {
      const db = await connectTo(embedded.url, config, logger);
      return {
        db,
        announce: (address) => lock.announce(address),
        close: async () => {
          await db.close();
          await embedded.stop();
          await lock.release();
        },
      };
    } catch (error) {
      await embedded.stop();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function connectTo(url: string, config: Config, logger: FastifyBaseLogger): Promise<Database> {
  return connect({
    url,
    poolSize: config.poolSize,
    applicationName: "lectern-server",
    onFault: (fault) => {
      logger.warn({ fault }, "database connection fault");
    },
  });
}

/** More deaths than this within the window, and something is wrong that a restart does not mend. */
const RESTARTS_MAX = 3;
const RESTART_WINDOW_MS = 60_000;

/** Starts the embedded server, and starts it again on the same port when it dies unasked. */
async function superviseEmbedded(
  options: OpenDatabaseOptions,
): Promise<{ url: string; stop(): Promise<void> }> {
  const { config, logger, onProgress, onLost } = options;
  const directory = embeddedDirectory(config.dataDirectory);
  const deaths: number[] = [];
  let isStopping = false;
  let current: Promise<EmbeddedServer> = startEmbeddedServer({ directory, onProgress });
  const first = await current;
  watch(first);

  function watch(server: EmbeddedServer): void {
    void server.exited.then((exit) => {
      if (isStopping || exit.wasAsked) return;
      logger.error({ code: exit.code, signal: exit.signal, log: exit.log }, "PostgreSQL died");
      const now = performance.now();
      deaths.push(now);
      if (deaths.filter((at) => now - at < RESTART_WINDOW_MS).length > RESTARTS_MAX) {
        onLost(
          new Error(`PostgreSQL died ${RESTARTS_MAX + 1} times within a minute:\n${exit.log}`),
        );
        return;
      }
      current = startEmbeddedServer({ directory, port: first.port });
      current.then((restarted) => {
        logger.warn({ pid: restarted.pid }, "PostgreSQL is back");
        watch(restarted);
      }, onLost);
    });
  }

  return {
    url: first.url,
    stop: async () => {
      isStopping = true;
      // A restart that fails has been reported; there is nothing left to stop.
      const server = await current.catch(() => undefined);
      await server?.stop();
    },
  };
}
