import { createPasswords } from "@lectern/auth/passwords/passwords";
import { isLecternError } from "@lectern/client";
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

describe("guessing a password from 1,000 addresses", () => {
  it("finds nothing and is slowed down, while the owner's own device gets in at once", async () => {
    const owner = await createPerson(server());
    const device = await signedIn(server(), owner);
    await device.client.account.signOut.mutate(key());
    const attackers = Array.from({ length: 1000 }, () => openBrowser({ url: server().url }));
    const codes = new Map<string, number>();
    let next = 0;
    const lane = async () => {
      for (let index = next++; index < attackers.length; index = next++) {
        const code = await codeOf(
          attackers[index]?.client.account.signIn.mutate({
            email: owner.email,
            password: `guess-${index}`,
            ...key(),
          }) ?? Promise.resolve(),
        );
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
    };
    const attack = Promise.all(Array.from({ length: 8 }, lane));
    await expect.poll(() => codes.get("RateLimited") ?? 0, { timeout: 20_000 }).toBeGreaterThan(50);

    // In the midst of it, on the device that was signed in before.
    const begin = performance.now();
    const answer = await device.client.account.signIn.mutate({
      email: owner.email,
      password: PASSWORD,
      ...key(),
    });
    const seconds = (performance.now() - begin) / 1000;
    expect(answer).toEqual({ state: "signed_in" });
    await attack;
    expect(codes.get("none")).toBeUndefined();
    // Of 1,000 guesses few were looked at at all.
    expect(codes.get("SignInFailed") ?? 0).toBeLessThan(60);
    // Two seconds are asked for; the machine of a test may be busy.
    expect(seconds).toBeLessThan(10);
  });

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
