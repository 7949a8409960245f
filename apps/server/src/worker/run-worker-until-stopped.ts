import { existsSync } from "node:fs";
import { createNotices } from "@lectern/api/shared/live/notices";
import { accessKeys } from "@lectern/auth/access-key";
import { openFieldCipher } from "@lectern/auth/encryption/open-field-cipher";
import { type Database, connect } from "@lectern/database/connect";
import { findEmbeddedServer } from "@lectern/database/embedded/server";
import { migrate } from "@lectern/database/migrate";
import type { FastifyBaseLogger } from "fastify";
import { type Config, ConfigError } from "../config.ts";
import { embeddedDirectory } from "../open-database.ts";
import { accessSecretPath, loadAccessSecret } from "../secrets.ts";
import { StopRequest } from "../stop-request.ts";
import type { WorkerDependencies } from "./handlers.ts";
import { type RunningJobs, runJobs } from "./run-jobs.ts";

export interface WorkerProcessOptions {
  readonly config: Config;
  readonly logger: FastifyBaseLogger;
  /** Runs the jobs: Lectern's own without it. */
  readonly run?: (dependencies: WorkerDependencies) => Promise<RunningJobs>;
}

/**
 * Runs jobs, and no server, until SIGINT, SIGTERM or SIGHUP; jobs under way are finished then.
 *
 * @returns when the worker has stopped
 * @throws ConfigError, ConnectFailed, UnsupportedServerVersion, QueuePolicyChanged,
 *   WrongSecret
 */
export async function runWorkerUntilStopped(options: WorkerProcessOptions): Promise<void> {
  const { config, logger, run = (dependencies) => runJobs(dependencies, true) } = options;
  const request = new StopRequest();
  request.listenToSignals();
  requireSharedSecret(config);
  const db = await connectToDatabase(config, logger);
  const notices = createNotices(db, {
    onError: (error) => {
      logger.warn({ err: error }, "notices could not be sent");
    },
  });
  try {
    await migrate(db);
    const secret = await loadAccessSecret(config);
    const jobs = await run({
      db,
      accessKeys: accessKeys(secret),
      fields: await openFieldCipher(db, secret, { previousSecret: config.previousSecret }),
      publicUrl: publicUrlOf(config, logger),
      mail: config.mail,
      logger,
      changed: notices.changed,
    });
    logger.info("ready");
    await request.follow(logger, () => jobs.stop());
  } finally {
    await notices.close();
    await db.close();
  }
}

async function connectToDatabase(config: Config, logger: FastifyBaseLogger): Promise<Database> {
  const url =
    config.databaseUrl ?? (await findEmbeddedServer(embeddedDirectory(config.dataDirectory)))?.url;
  if (url === undefined) {
    throw new ConfigError(
      `There is no database to work on. Set DATABASE_URL to the server's, or start Lectern first: the PostgreSQL of its own, in ${config.dataDirectory}, runs as long as it does – and so does a worker inside of it.`,
    );
  }
  return await connect({
    url,
    poolSize: config.poolSize,
    applicationName: "lectern-worker",
    onFault: (fault) => {
      logger.warn({ fault }, "database connection fault");
    },
  });
}

function publicUrlOf(config: Config, logger: FastifyBaseLogger): string {
  if (config.publicUrl !== undefined) return config.publicUrl;
  const assumed = `http://localhost:${config.port}`;
  logger.warn({ assumed }, "LECTERN_PUBLIC_URL is not set: links in mails lead to this machine");
  return assumed;
}

/** A secret made here would make keys that no server knows. */
function requireSharedSecret(config: Config): void {
  if (config.accessSecret !== undefined || existsSync(accessSecretPath(config.dataDirectory)))
    return;
  throw new ConfigError(
    "The configuration is not right:\n  LECTERN_SECRET must be the server's: links in mails are made with it",
  );
}
