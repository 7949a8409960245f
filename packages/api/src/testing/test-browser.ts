import { PUBLIC_ACTOR } from "@lectern/auth/actor";
import type { DomainErrorBody, DomainErrorCode } from "@lectern/contract/errors";
import type { Database } from "@lectern/database/connect";
import { TRPCError } from "@trpc/server";
import { randomInt } from "node:crypto";
import { appRouter } from "../app-router.ts";
import { type Auth, NO_BROWSER } from "../trpc/context.ts";
import { domainErrorOf } from "../trpc/errors.ts";
import { t } from "../trpc/init.ts";
import { TEST_AUTH, testContext } from "./factories.ts";

const callerOf = t.createCallerFactory(appRouter);

export interface TestBrowserOptions {
  readonly sessionToken?: string;
  readonly deviceToken?: string;
  readonly auth?: Auth;
  /** From where it calls; by default from where nobody else does, so that tests don't slow each other down. */
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
    this.#address = options.address ?? `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
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
        ...NO_BROWSER,
        origin: "http://localhost:3000",
        name: "TestBrowser/1.0",
        deviceToken: this.deviceToken,
        openidToken: undefined,
        keepOpenid: () => {},
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

/**
 * @returns what a call of a procedure was refused with
 * @throws Error when it was not refused, or failed in another way
 */
export async function refusalOfCall(call: Promise<unknown>): Promise<DomainErrorBody> {
  const error = await call.then(
    () => new Error("It was not refused"),
    (reason: unknown) => reason,
  );
  return bodyOf(error);
}

/** @returns the code of what a call was refused with. @throws what is no refusal */
export function domainErrorCodeOf(error: unknown): DomainErrorCode {
  return bodyOf(error).code;
}

function bodyOf(error: unknown): DomainErrorBody {
  const found = error instanceof TRPCError ? domainErrorOf(error) : undefined;
  if (found === undefined) throw error;
  return found.body;
}
