import { createLive, type Live } from "@lectern/api/shared/live/live";
import { TEST_AUTH } from "@lectern/api/testing/factories";
import { type AccessKeys, accessKeys, createAccessSecret } from "@lectern/auth/access-key";
import { type FieldCipher, fieldCipher } from "@lectern/auth/encryption/field-cipher";
import { createKeyring } from "@lectern/auth/encryption/keyring";
import { createOperatorToken, operatorTokenVerifier } from "@lectern/auth/operator-token";
import { type LecternClient, createClient } from "@lectern/client";
import type { Database } from "@lectern/database/connect";
import { type TestDatabase, createTestDatabase } from "@lectern/database/testing/database";
import { loadDemo } from "@lectern/demo/load-demo";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll } from "vitest";
import { buildServer } from "../../src/build-server.ts";
import { watchReadiness } from "../../src/readiness.ts";
import type { Site } from "../../src/site/site.ts";

/** A server that listens, on a database of its own with the demo academy in it. */
export interface TestServer {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly db: Database;
  readonly database: TestDatabase;
  readonly live: Live;
  readonly accessKeys: AccessKeys;
  readonly fields: FieldCipher;
  readonly operatorToken: string;
  /** The public's client, and one with the operator token. */
  readonly client: LecternClient;
  readonly staff: LecternClient;
  /** What was logged so far, as one text. */
  readonly log: () => string;
}

export interface TestServerOptions {
  readonly site?: Site;
  readonly publicUrl?: string;
  readonly mailbox?: { readonly academy: string };
  /** Whose word is taken for where a request comes from: this machine, so that browsers of tests can be anywhere. */
  readonly trustedProxies?: readonly string[];
}

/** The day around which the demo's runs lie. */
function today(): Temporal.PlainDate {
  return Temporal.Now.plainDateISO("UTC");
}

async function start(options: TestServerOptions): Promise<TestServer> {
  const database = await createTestDatabase();
  const { db } = database;
  await loadDemo(db, { today: today() });
  const operatorToken = createOperatorToken();
  const lines: string[] = [];
  const live = createLive(db);
  const secret = createAccessSecret();
  const keys = accessKeys(secret);
  const fields = fieldCipher(createKeyring(db, secret));
  const app = await buildServer({
    db,
    accessKeys: keys,
    fields,
    auth: { ...TEST_AUTH, publicUrl: options.publicUrl },
    changed: live.changed,
    live,
    verifyOperator: operatorTokenVerifier(operatorToken),
    readiness: watchReadiness(db),
    logger: pino({ level: "debug" }, { write: (line: string) => lines.push(line) }),
    site: options.site,
    publicUrl: options.publicUrl,
    trustedProxies: options.trustedProxies ?? [],
    ...(options.mailbox && { mailbox: options.mailbox }),
  });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    app,
    url,
    db,
    database,
    live,
    accessKeys: keys,
    fields,
    operatorToken,
    client: createClient({ url, maxRetries: 0 }),
    staff: createClient({ url, token: operatorToken, maxRetries: 0 }),
    log: () => lines.join(""),
  };
}

/** One server for all tests of a file. @returns how a test gets it */
export function useTestServer(options: TestServerOptions = {}): () => TestServer {
  let server: TestServer | undefined;
  beforeAll(async () => {
    server = await start(options);
  });
  afterAll(async () => {
    await server?.app.close();
    await server?.live.close();
    await server?.database.drop();
  });
  return () => {
    if (server === undefined) throw new TypeError("The test server exists in tests and hooks only");
    return server;
  };
}
