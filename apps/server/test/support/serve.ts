import { createLive, type Live } from "@lectern/api/shared/live/live";
import { TEST_AUTH } from "@lectern/api/testing/factories";
import type { Auth } from "@lectern/api/trpc/context";
import { type AccessKeys, accessKeys, createAccessSecret } from "@lectern/auth/access-key";
import { type FieldCipher, fieldCipher } from "@lectern/auth/encryption/field-cipher";
import { createKeyring } from "@lectern/auth/encryption/keyring";
import { createOperatorToken, operatorTokenVerifier } from "@lectern/auth/operator-token";
import type { Passwords } from "@lectern/auth/passwords/passwords";
import { type LecternClient, createClient } from "@lectern/client";
import type { Database } from "@lectern/database/connect";
import { loadDemo } from "@lectern/demo/load-demo";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { buildServer } from "../../src/build-server.ts";
import { watchReadiness } from "../../src/readiness.ts";
import type { CallLimitOptions } from "../../src/trpc/call-limits.ts";
import type { Site } from "../../src/site/site.ts";

/** A server that listens, on a database with the demo academy in it. */
export interface Served {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly db: Database;
  readonly live: Live;
  readonly accessKeys: AccessKeys;
  readonly fields: FieldCipher;
  readonly operatorToken: string;
  readonly passwords: Passwords;
  /** The public's client, and one with the operator token. */
  readonly client: LecternClient;
  readonly staff: LecternClient;
  /** What was logged so far, as one text. */
  readonly log: () => string;
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly site?: Site;
  readonly publicUrl?: string;
  readonly mailbox?: { readonly academy: string };
  /** Whose word is taken for where a request comes from: this machine, so that browsers of tests can be anywhere. */
  readonly trustedProxies?: readonly string[];
  readonly callLimits?: CallLimitOptions;
  /** See `TrpcOptions`. */
  readonly publicCacheBytes?: number;
  /** Instead of what tests sign in with otherwise. */
  readonly auth?: Partial<Auth>;
  /** `false` for whoever asks so much that the log would fill the memory: it is written, and forgotten. */
  readonly keepsLog?: boolean;
}

/** The day around which the demo's runs lie. */
export function today(): Temporal.PlainDate {
  return Temporal.Now.plainDateISO("UTC");
}

/** Fills a migrated database with the demo academy unless it has that, and serves it. */
export async function serve(db: Database, options: ServeOptions = {}): Promise<Served> {
  await loadDemo(db, { today: today() });
  const operatorToken = createOperatorToken();
  const lines: string[] = [];
  const live = createLive(db);
  const secret = createAccessSecret();
  const keys = accessKeys(secret);
  const fields = fieldCipher(createKeyring(db, secret));
  const auth = { ...TEST_AUTH, ...options.auth, publicUrl: options.publicUrl };
  const app = await buildServer({
    db,
    accessKeys: keys,
    fields,
    auth,
    changed: live.changed,
    live,
    verifyOperator: operatorTokenVerifier(operatorToken),
    readiness: watchReadiness(db),
    logger: pino(
      { level: "debug" },
      { write: options.keepsLog === false ? () => {} : (line: string) => lines.push(line) },
    ),
    site: options.site,
    publicUrl: options.publicUrl,
    trustedProxies: options.trustedProxies ?? [],
    ...(options.callLimits && { callLimits: options.callLimits }),
    ...(options.publicCacheBytes !== undefined && { publicCacheBytes: options.publicCacheBytes }),
    ...(options.mailbox && { mailbox: options.mailbox }),
  });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    app,
    url,
    db,
    live,
    accessKeys: keys,
    fields,
    operatorToken,
    passwords: auth.passwords,
    client: createClient({ url, maxRetries: 0 }),
    staff: createClient({ url, token: operatorToken, maxRetries: 0 }),
    log: () => lines.join(""),
    async stop() {
      await app.close();
      await live.close();
    },
  };
}
