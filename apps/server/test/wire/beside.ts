import { TEST_AUTH } from "@lectern/api/testing/factories";
import { createLive } from "@lectern/api/shared/live/live";
import { operatorTokenVerifier } from "@lectern/auth/operator-token";
import { pino } from "pino";
import { type ServerOptions, buildServer } from "../../src/build-server.ts";
import { watchReadiness } from "../../src/readiness.ts";
import type { Served } from "../support/serve.ts";

/** Another server of an academy, with the same keys. */
export interface Beside extends AsyncDisposable {
  readonly url: string;
  /** What was logged so far, as one text. */
  readonly log: () => string;
}

/** Starts a server beside one that is there, on its database. */
export async function startBeside(
  served: Served,
  options: Partial<ServerOptions> = {},
): Promise<Beside> {
  const { db, accessKeys, fields, passwords, operatorToken } = served;
  const lines: string[] = [];
  const live = createLive(db);
  const app = await buildServer({
    db,
    live,
    changed: live.changed,
    accessKeys,
    fields,
    auth: { ...TEST_AUTH, passwords, publicUrl: undefined },
    verifyOperator: operatorTokenVerifier(operatorToken),
    readiness: watchReadiness(db),
    logger: pino({ level: "debug" }, { write: (line: string) => lines.push(line) }),
    site: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    ...options,
  });
  return {
    url: await app.listen({ port: 0, host: "127.0.0.1" }),
    log: () => lines.join(""),
    async [Symbol.asyncDispose]() {
      await app.close();
      await live.close();
    },
  };
}
