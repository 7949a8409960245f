import { createPasswords } from "@lectern/auth/passwords/passwords";
import { isLecternError } from "@lectern/client";
import { executorOf } from "@lectern/database/queryable";
import { auditEntry } from "@lectern/database/schema/operations";
import { authSession } from "@lectern/database/schema/people";
import { eq, inArray, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PASSWORD, type TestPerson, createPerson, key, signedIn } from "./support/people.ts";
import { type TestBrowser, openBrowser } from "./support/test-browser.ts";
import { useTestServer } from "./support/test-server.ts";

/** Hundreds sign in at the same moment: each gets in or is asked to come again, and nobody else is kept waiting by them. */

const QUEUE = 12;

/** As long as a line may take to fill on a busy machine. */
const FILLING = { timeout: 20_000 };

const server = useTestServer({
  trustedProxies: ["127.0.0.1"],
  // On a busy machine a line takes its time, and is to be worked off all the same.
  auth: { passwords: await createPasswords({ permits: 1, queue: QUEUE, waitMs: 60_000 }) },
});

/** Names of the prepared statements that were sent. */
let sent: string[] = [];
/** What was told to who has to come again, in seconds. */
let waits: number[] = [];

beforeEach(() => {
  sent = [];
  waits = [];
  server().db[executorOf].pool.client.options.debug = (_connection, statement) => {
    const name = /^\/\* (\S+) \*\//u.exec(statement)?.[1];
    if (name !== undefined) sent.push(name);
  };
});
afterEach(() => {
  server().db[executorOf].pool.client.options.debug = false;
});

interface Attempt {
  readonly browser?: TestBrowser;
  readonly address?: string;
  readonly password?: string;
}

/** @returns `in`, or the code of the error */
async function signIn(email: string, attempt: Attempt = {}): Promise<string> {
  const { password = PASSWORD, address } = attempt;
  const browser =
    attempt.browser ??
    openBrowser({ url: server().url, ...(address !== undefined && { address }) });
  try {
    await browser.client.account.signIn.mutate({ email, password, ...key() });
    return "in";
  } catch (error) {
    if (!isLecternError(error)) throw error;
    if (error.code === "RateLimited") waits.push(error.data.retryAfterSeconds);
    return error.code;
  }
}

function count(outcomes: readonly string[], outcome: string): number {
  return outcomes.filter((one) => one === outcome).length;
}

async function createPeople(wanted: number): Promise<readonly TestPerson[]> {
  return Promise.all(Array.from({ length: wanted }, () => createPerson(server())));
}

describe("200 who sign in at once, each from elsewhere", () => {
  it("get in or are asked to come again, look up nothing for the latter, and keep no visitor from an answer", async () => {
    const people = await createPeople(200);
    let isOver = false;
    const visits: number[] = [];
    const visiting = (async () => {
      while (!isOver) {
        const response = await fetch(`${server().url}/trpc/courses.topics`);
        visits.push(response.status);
        await response.arrayBuffer();
      }
    })();
    const outcomes = await Promise.all(people.map(({ email }) => signIn(email)));
    isOver = true;
    await visiting;

    const got = count(outcomes, "in");
    expect(got + count(outcomes, "RateLimited")).toBe(people.length);
    expect(waits).toHaveLength(people.length - got);
    expect(Math.min(...waits)).toBeGreaterThan(0);
    // One at work, and a full line.
    expect(got).toBeGreaterThanOrEqual(QUEUE + 1);
    const sessions = await server().db.$count(
      authSession,
      inArray(
        authSession.personId,
        people.map(({ id }) => id),
      ),
    );
    expect(sessions).toBe(got);
    // Whoever is let in to be looked up may find the last place taken by one of two others.
    const lookedUp = count(sent, "accounts.byEmail");
    expect(lookedUp).toBeLessThan(people.length);
    expect(count(sent, "throttle.attempt")).toBe(3 * lookedUp);
    expect(new Set(visits)).toEqual(new Set([200]));
  });

  it("are told the same, as often, whether they have an account", async () => {
    const people = await createPeople(60);
    const emails = people.flatMap(({ id, email }) => [email, `nobody.${id}@example.com`]);
    const outcomes = await Promise.all(
      emails.map((email) => signIn(email, { password: "not-the-password-1" })),
    );
    expect(new Set(outcomes)).toEqual(new Set(["SignInFailed", "RateLimited"]));
    const checked = [0, 1].map((half) =>
      outcomes.filter((outcome, index) => index % 2 === half && outcome === "SignInFailed"),
    );
    // They came by turns, and there is one line for both.
    expect(Math.abs((checked[0]?.length ?? 0) - (checked[1]?.length ?? 0))).toBeLessThanOrEqual(10);
  });
});

describe("a crowd at one address", () => {
  it("keeps nobody out who comes from elsewhere", async () => {
    const [owner, ...crowd] = await createPeople(1 + 3 * QUEUE);
    const email = owner?.email ?? "";
    const order: string[] = [];
    const attempt = async (name: string, whose: string, address: string) => {
      const outcome = await signIn(whose, { address });
      order.push(`${name} ${outcome}`);
    };
    const storm = crowd.map((person) => attempt("crowd", person.email, "198.51.100.1"));
    await expect.poll(() => order.includes("crowd RateLimited"), FILLING).toBe(true);
    await attempt("owner", email, "203.0.113.9");
    const before = order.slice(0, order.indexOf("owner in"));
    await Promise.all(storm);
    expect(order).toContain("owner in");
    // The line was full, and is not worked off before their turn.
    expect(count(before, "crowd in")).toBeLessThan(count(order, "crowd in"));
  });
});

describe("a crowd from everywhere", () => {
  it("keeps nobody out who signs in on a device of theirs", async () => {
    const [owner, ...crowd] = await createPeople(1 + 3 * QUEUE);
    const email = owner?.email ?? "";
    const device = await signedIn(server(), { email });
    await device.client.account.signOut.mutate(key());
    const order: string[] = [];
    const storm = crowd.map(async (person) => {
      order.push(await signIn(person.email));
    });
    await expect.poll(() => order.includes("RateLimited"), FILLING).toBe(true);
    expect(await signIn(email, { browser: device })).toBe("in");
    const inBefore = count(order, "in");
    await Promise.all(storm);
    expect(inBefore).toBeLessThan(count(order, "in"));
  });
});

describe("those who go while they wait", () => {
  it("leave their places, and no password is worked out for them", async () => {
    const { url, db } = server();
    const people = await createPeople(3 * QUEUE);
    const left = new AbortController();
    const answered: string[] = [];
    const storm = people.map(async ({ email }) => {
      const response = await openBrowser({ url }).fetch("/trpc/account.signIn", {
        method: "POST",
        headers: { "content-type": "application/json", "x-lectern-client": "test" },
        body: JSON.stringify({ email, password: "not-the-password-1", ...key() }),
        signal: left.signal,
      });
      answered.push(String(response.status));
    });
    const gone = Promise.allSettled(storm);
    await expect.poll(() => answered.includes("429"), FILLING).toBe(true);
    left.abort();
    await gone;
    const next = await createPeople(QUEUE);
    const outcomes = await Promise.all(next.map(({ email }) => signIn(email)));
    expect(outcomes).toEqual(next.map(() => "in"));
    const workedOut = await db.$count(
      auditEntry,
      sql`${eq(auditEntry.action, "person.sign_in_failed")} AND ${inArray(
        auditEntry.entityId,
        people.map(({ id }) => id),
      )}`,
    );
    expect(workedOut).toBeLessThan(QUEUE);
  });
});
