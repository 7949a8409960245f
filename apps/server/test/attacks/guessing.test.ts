import { createPasswords } from "@lectern/auth/passwords/passwords";
import { isLecternError } from "@lectern/client";
import { setTimeout as sleep } from "node:timers/promises";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { PASSWORD, createPerson, key, signedIn } from "../support/people.ts";
import { openBrowser } from "../support/test-browser.ts";
import { QUESTIONS, SIGNIFICANT, compareTimes } from "./timing.ts";
import { useTestServer } from "../support/test-server.ts";

/** Passwords are guessed, and accounts are looked for. */

const server = useTestServer({
  trustedProxies: ["127.0.0.1"],
  // Passwords that are worked out soon let through what else differs, and many attempts.
  auth: {
    passwords: await createPasswords({ parameters: { memory: 64, passes: 1, parallelism: 1 } }),
  },
});

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "none";
  } catch (error) {
    if (isLecternError(error)) return error.code;
    throw error;
  }
}

/** More than may wait for their turn: who came last would wait for seconds. */
const CROWD = 120;

const AT_LEISURE = { timeout: 60_000 };

/** What attackers were answered, by code. */
class Answers {
  readonly #counts = new Map<string, number>();

  async add(call: Promise<unknown>): Promise<string> {
    const code = await codeOf(call);
    this.#counts.set(code, this.of(code) + 1);
    return code;
  }

  of(code: string): number {
    return this.#counts.get(code) ?? 0;
  }
}

// What is waited for is worked out as slowly as in earnest.
const inEarnest = await createPasswords();

describe("guessing a password from 1,000 addresses", () => {
  const slow = useTestServer({
    trustedProxies: ["127.0.0.1"],
    auth: { passwords: inEarnest },
  });

  it("finds nothing and is slowed down, while the owner's own device gets in at once", async () => {
    const owner = await createPerson(slow());
    const device = await signedIn(slow(), owner);
    await device.client.account.signOut.mutate(key());
    const attackers = Array.from({ length: 1000 }, () => openBrowser({ url: slow().url }));
    const guess = (index: number, email: string) =>
      attackers[index % attackers.length]?.client.account.signIn.mutate({
        email,
        password: `guess-${index}`,
        ...key(),
      }) ?? Promise.resolve();

    let isOwnerIn = false;
    // They share a process with the server: if they came again at once, it is they whom the owner would wait for.
    const pauseAfter = (code: string) =>
      code === "RateLimited" && !isOwnerIn ? sleep(250) : Promise.resolve();

    // Each of them guesses at the account …
    const atOwner = new Answers();
    let next = 0;
    const lane = async () => {
      for (let index = next++; index < attackers.length; index = next++) {
        await pauseAfter(await atOwner.add(guess(index, owner.email)));
      }
    };
    // … while they guess at more accounts of others than passwords are worked out for.
    const elsewhere = new Answers();
    const crowd = async (_: unknown, first: number) => {
      for (let index = first; !isOwnerIn; index += CROWD) {
        await pauseAfter(await elsewhere.add(guess(index, `nobody.${uuidv7()}@example.com`)));
      }
    };
    const attack = Promise.all([
      ...Array.from({ length: 8 }, lane),
      ...Array.from({ length: CROWD }, crowd),
    ]);

    // In the midst of it, on the device that was signed in before. One of several may meet a busy machine.
    const seconds: number[] = [];
    try {
      await expect.poll(() => atOwner.of("RateLimited"), AT_LEISURE).toBeGreaterThan(50);
      await expect.poll(() => elsewhere.of("SignInFailed"), AT_LEISURE).toBeGreaterThan(5);
      while (seconds.length < 5) {
        const begin = performance.now();
        const answer = await device.client.account.signIn.mutate({
          email: owner.email,
          password: PASSWORD,
          ...key(),
        });
        seconds.push((performance.now() - begin) / 1000);
        expect(answer).toEqual({ state: "signed_in" });
      }
      expect(next).toBeLessThan(attackers.length);
    } finally {
      isOwnerIn = true;
      await attack;
    }
    expect(seconds.toSorted((a, b) => a - b)[2]).toBeLessThan(2);
    expect(atOwner.of("none") + elsewhere.of("none")).toBe(0);
    // Of 1,000 guesses few were looked at at all.
    expect(atOwner.of("SignInFailed")).toBeLessThan(60);
  }, 120_000);

  it("is not stopped by somebody else's device", async () => {
    const [owner, other] = [await createPerson(server()), await createPerson(server())];
    const attacker = await signedIn(server(), other);
    const codes: string[] = [];
    for (let guess = 0; guess < 30; guess += 1) {
      const browser = openBrowser({ url: server().url, cookies: attacker.cookies });
      codes.push(
        await codeOf(
          browser.client.account.signIn.mutate({
            email: owner.email,
            password: `guess-${guess}`,
            ...key(),
          }),
        ),
      );
    }
    expect(codes.filter((code) => code === "RateLimited").length).toBeGreaterThan(5);
  });
});

/** `pnpm test:attacks` takes 2,000 of each. */
const SAMPLES = 200;

describe("whether there is an account", () => {
  const unknown = () => `nobody.${uuidv7()}@example.com`;

  async function answerTo(call: () => Promise<unknown>): Promise<string> {
    const told = await call().catch((error: unknown) =>
      isLecternError(error)
        ? { code: error.code, data: error.data, message: error.message }
        : error,
    );
    return JSON.stringify(told);
  }

  it("shows in no answer of signing in, signing up, or forgetting a password", async () => {
    const known = await createPerson(server());
    const { account, identity } = openBrowser({ url: server().url }).client;
    const questions = [
      (email: string) => account.signIn.mutate({ email, password: "not-the-password-1", ...key() }),
      (email: string) => account.forgotPassword.mutate({ email, ...key() }),
      (email: string) => account.resendVerification.mutate({ email, ...key() }),
      (email: string) =>
        account.signUp.mutate({
          name: "Ada",
          email,
          password: PASSWORD,
          acceptsTerms: true,
          ...key(),
        }),
      (email: string) => identity.options.query({ email }),
    ];
    for (const ask of questions) {
      expect(await answerTo(() => ask(known.email))).toBe(await answerTo(() => ask(unknown())));
    }
  });

  it.each(Object.keys(QUESTIONS))(
    "shows in no time that %s takes",
    async (name) => {
      const { z } = await compareTimes(server(), name, SAMPLES);
      expect(Math.abs(z)).toBeLessThan(SIGNIFICANT);
    },
    600_000,
  );
});
