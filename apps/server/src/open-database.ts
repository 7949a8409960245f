import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Database, connect } from "@lectern/database/connect";
import { acquireDataLock } from "@lectern/database/embedded/data-lock";
import type { EmbeddedServerStep } from "@lectern/database/embedded/server";
import {
  type SupervisedServer,
  superviseEmbeddedServer,
} from "@lectern/database/embedded/supervise";
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

/** Starts the embedded server, which is started again on the same port when it dies unasked. */
function superviseEmbedded(options: OpenDatabaseOptions): Promise<SupervisedServer> {
  const { config, logger, onProgress, onLost } = options;
  return superviseEmbeddedServer({
    directory: embeddedDirectory(config.dataDirectory),
    onProgress,
    onCrash: ({ code, signal, log }) => {
      logger.error({ code, signal, log }, "PostgreSQL died");
    },
    onRestart: ({ pid }) => {
      logger.warn({ pid }, "PostgreSQL is back");
    },
    onGivenUp: onLost,
  });
}
