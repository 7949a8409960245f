import { createLive, type Live, type LiveOptions } from "@lectern/api/shared/live/live";
import { TEST_AUTH } from "@lectern/api/testing/factories";
import { accessKeys } from "@lectern/auth/access-key";
import { fieldCipher } from "@lectern/auth/encryption/field-cipher";
import { createKeyring } from "@lectern/auth/encryption/keyring";
import { type LecternClient, createClient } from "@lectern/client";
import { type Database, connect } from "@lectern/database/connect";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { buildServer } from "../../src/build-server.ts";
import { watchReadiness } from "../../src/readiness.ts";

/** One of several servers on one database, with connections of its own. */
export interface Instance extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly port: number;
  readonly db: Database;
  readonly live: Live;
  readonly client: LecternClient;
  /** What was logged so far, as one text. */
  readonly log: () => string;
  /** Stops in order. */
  stop(): Promise<void>;
}

export interface InstanceOptions {
  readonly databaseUrl: string;
  readonly port?: number;
  readonly pingIntervalMs?: number;
  readonly live?: LiveOptions;
}

/** All instances of an academy make the same keys. */
const ACCESS_SECRET = "a-secret-that-instances-of-tests-share";

/** Starts a server on a database that others may be on. It looks at what is watched by itself once a day. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { databaseUrl, pingIntervalMs } = options;
  const db = await connect({ url: databaseUrl, poolSize: 3, applicationName: "lectern-instance" });
  const live = createLive(db, { maxAgeMs: 86_400_000, ...options.live });
  const lines: string[] = [];
  const app = await buildServer({
    db,
    live,
    changed: live.changed,
    accessKeys: accessKeys(ACCESS_SECRET),
    fields: fieldCipher(createKeyring(db, ACCESS_SECRET)),
    auth: { ...TEST_AUTH, publicUrl: undefined },
    verifyOperator: () => undefined,
    readiness: watchReadiness(db),
    logger: pino({ level: "debug" }, { write: (line: string) => lines.push(line) }),
    site: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    ...(pingIntervalMs !== undefined && { pingIntervalMs }),
  });
  const url = await app.listen({ port: options.port ?? 0, host: "127.0.0.1" });

  async function stop(): Promise<void> {
    await app.close();
    await live.close();
    await db.close();
  }
  return {
    app,
    url,
    port: Number(new URL(url).port),
    db,
    live,
    client: createClient({ url, maxRetries: 0 }),
    log: () => lines.join(""),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
