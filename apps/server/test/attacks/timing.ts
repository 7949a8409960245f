import { password } from "@lectern/database/schema/people";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { PASSWORD, createPerson, key } from "../support/people.ts";
import type { Served } from "../support/serve.ts";
import { type TestBrowser, openBrowser } from "../support/test-browser.ts";

/** Whether there is an account must not show in the time that an answer takes. */

type Ask = (browser: TestBrowser, email: string) => Promise<unknown>;

/** What may be asked about an address by everybody. */
export const QUESTIONS: Readonly<Record<string, Ask>> = {
  "signing in": ({ client }, email) =>
    client.account.signIn.mutate({ email, password: "not-the-password-1", ...key() }),
  "forgetting a password": ({ client }, email) =>
    client.account.forgotPassword.mutate({ email, ...key() }),
  "signing up": ({ client }, email) =>
    client.account.signUp.mutate({
      name: "Ada",
      email,
      // Its strength is seen soon: what takes long would hide what differs.
      password: "qvxkmwzrhpt",
      acceptsTerms: true,
      ...key(),
    }),
};

/** Of 1,000 honest comparisons, one is beyond. */
export const SIGNIFICANT = 3.3;

/**
 * Whether one of two samples was drawn from longer times, by their ranks (Mann and Whitney 1947).
 *
 * @returns as a normal deviate
 */
function deviate(one: readonly number[], other: readonly number[]): number {
  const all = [
    ...one.map((ms) => ({ ms, isOne: true })),
    ...other.map((ms) => ({ ms, isOne: false })),
  ].toSorted((a, b) => a.ms - b.ms);
  const ranks = all.reduce((sum, { isOne }, index) => sum + (isOne ? index + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const u = ranks - (n * (n + 1)) / 2;
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/**
 * Asks about addresses with an account and without one by turns, each for the first time and from elsewhere.
 *
 * @param samples of each
 * @returns medians in milliseconds, and how far apart the samples are as a normal deviate
 */
export async function compareTimes(
  server: Served,
  name: string,
  samples: number,
): Promise<{ known: number; unknown: number; z: number }> {
  const ask = QUESTIONS[name];
  if (ask === undefined) throw new TypeError(`Nothing is asked by ${name}`);
  const times = { known: new Array<number>(), unknown: new Array<number>() };
  async function measure(kind: keyof typeof times, email: string): Promise<void> {
    const browser = openBrowser({ url: server.url });
    const begin = performance.now();
    await ask?.(browser, email).catch(() => {});
    times[kind].push(performance.now() - begin);
  }
  // Made as the server makes those that it compares with.
  const hash = await server.passwords.hash(PASSWORD);
  for (let sample = 0; sample < samples; sample += 1) {
    const { id, email } = await createPerson(server);
    await server.db.update(password).set({ hash }).where(eq(password.personId, id));
    const nobody = `grace.${uuidv7()}@example.com`;
    // Each is first as often: what comes second may find something warm.
    if (sample % 2 === 0) {
      await measure("known", email);
      await measure("unknown", nobody);
    } else {
      await measure("unknown", nobody);
      await measure("known", email);
    }
  }
  return {
    known: median(times.known),
    unknown: median(times.unknown),
    z: deviate(times.known, times.unknown),
  };
}
