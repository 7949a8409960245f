import { PUBLIC_ACTOR } from "@lectern/auth/actor";
import type { Database } from "@lectern/database/connect";
import { appRouter } from "../app-router.ts";
import type { Auth } from "../trpc/context.ts";
import { t } from "../trpc/init.ts";
import { TEST_AUTH, testContext } from "./factories.ts";

const callerOf = t.createCallerFactory(appRouter);

export interface TestBrowserOptions {
  readonly sessionToken?: string;
  readonly deviceToken?: string;
  readonly auth?: Auth;
  /** From where it calls. */
  readonly address?: string;
}

/** A browser without HTTP: keeps what it is given, and shows it with the next call. */
export class TestBrowser {
  readonly #db: Database;
  readonly #auth: Auth;
  readonly #address: string;
  sessionToken: string | undefined;
  deviceToken: string | undefined;

  constructor(db: Database, options: TestBrowserOptions = {}) {
    this.#db = db;
    this.#auth = options.auth ?? TEST_AUTH;
    this.#address = options.address ?? "192.0.2.7";
    this.sessionToken = options.sessionToken;
    this.deviceToken = options.deviceToken;
  }

  /** Who it is signed in as at this moment. */
  async actor() {
    if (this.sessionToken === undefined) return PUBLIC_ACTOR;
    return (await this.#auth.sessions.validate(this.#db, this.sessionToken)) ?? PUBLIC_ACTOR;
  }

  /** The procedures, for one call: as whoever is signed in now. */
  async api() {
    return callerOf({
      ...testContext(this.#db, await this.actor()),
      origin: { address: this.#address, client: "test" },
      auth: this.#auth,
      browser: {
        origin: "http://localhost:3000",
        name: "TestBrowser/1.0",
        deviceToken: this.deviceToken,
        keepSession: ({ token }) => {
          this.sessionToken = token;
        },
        keepDevice: (token) => {
          this.deviceToken = token;
        },
        forgetSession: () => {
          this.sessionToken = undefined;
        },
      },
    });
  }
}
