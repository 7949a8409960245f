import { END_DAYS } from "@lectern/auth/sessions/sessions";
import { executorOf } from "@lectern/database/queryable";
import { authSession } from "@lectern/database/schema/people";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestPerson, createPerson, signedIn } from "./support/people.ts";
import { type TestBrowser, openBrowser } from "./support/test-browser.ts";
import { useTestServer } from "./support/test-server.ts";

/**
 * What being signed in costs the database, as the driver tells: it is asked for every statement that goes over
 * any of the server's connections, `BEGIN` and the like included. Nothing else runs on this server.
 */

const server = useTestServer({ trustedProxies: ["127.0.0.1"] });

let sent: string[] = [];

beforeEach(() => {
  const { options } = server().db[executorOf].pool.client;
  options.debug = (_connection, statement) => sent.push(statement);
});
afterEach(() => {
  server().db[executorOf].pool.client.options.debug = false;
});

/** @returns what is sent while something is done: names of prepared statements, the text of others */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  sent = [];
  await work();
  return sent.map((text) => /^\/\* (\S+) \*\//u.exec(text)?.[1] ?? text);
}

const VALIDATION = "auth.session";
const TOUCH = "auth.touchSession";

async function meOf({ client }: TestBrowser) {
  return (await client.account.me.query()).me;
}

/** Asks in a request of its own, where the client would send what is asked at once in one. */
async function ask(browser: TestBrowser, what: string): Promise<unknown> {
  const response = await browser.fetch(`/trpc/${what}`, {
    headers: { "x-lectern-client": "test" },
  });
  expect(response.status).toBe(200);
  return response.json();
}

function sessionIdOf({ cookies }: TestBrowser): string {
  const [id = ""] = (cookies.get("lectern_session") ?? "").split(".");
  return id;
}

/** The session's row, and the transaction that wrote it. */
async function rowOf(browser: TestBrowser) {
  const [row] = await server()
    .db.select({ session: authSession, writtenBy: sql<string>`xmin::text` })
    .from(authSession)
    .where(eq(authSession.id, sessionIdOf(browser)));
  if (row === undefined) throw new Error("There is no such session");
  return row;
}

async function age(browser: TestBrowser, hours: number): Promise<void> {
  await server().db.execute(
    sql`UPDATE auth_session SET last_seen_at = last_seen_at - make_interval(hours => ${hours}::int)
      WHERE id = ${sessionIdOf(browser)}`,
  );
}

/** Makes a session one that has so many days left, was used just now, and stays as it is for the next hour. */
async function leaveDays(browser: TestBrowser, days: number): Promise<void> {
  await server().db.execute(
    sql`UPDATE auth_session SET ends_at = clock_timestamp() + make_interval(days => ${days}::int),
        expires_at = clock_timestamp() + make_interval(days => ${days}::int)
      WHERE id = ${sessionIdOf(browser)}`,
  );
}

async function signIn(person?: TestPerson): Promise<TestBrowser> {
  return signedIn(server(), person ?? (await createPerson(server())));
}

describe("being signed in", () => {
  it("costs one query a request, and no write", async () => {
    const browser = await signIn();
    const before = await rowOf(browser);
    for (let time = 0; time < 3; time += 1)
      expect(await statementsOf(() => meOf(browser))).toEqual([VALIDATION]);
    expect(await rowOf(browser)).toEqual(before);
  });

  it("costs many requests at once a query each, and no write", async () => {
    const browser = await signIn();
    const before = await rowOf(browser);
    const statements = await statementsOf(() =>
      Promise.all(Array.from({ length: 30 }, () => ask(browser, "account.me"))),
    );
    expect(statements).toEqual(Array.from({ length: 30 }, () => VALIDATION));
    expect(await rowOf(browser)).toEqual(before);
  });

  it("costs a batch of calls one query", async () => {
    const browser = await signIn();
    const statements = await statementsOf(async () =>
      expect(await ask(browser, "account.me,account.me,account.me?batch=1")).toHaveLength(3),
    );
    expect(statements).toEqual([VALIDATION]);
  });

  it("costs nothing where the answer is the same for everybody, nor who is not signed in", async () => {
    const browser = await signIn();
    expect(await statementsOf(() => browser.client.system.info.query())).toEqual([]);
    const nobody = openBrowser({ url: server().url });
    expect(await statementsOf(() => meOf(nobody))).toEqual([]);
    nobody.keep("lectern_session", "no token at all");
    expect(await statementsOf(() => meOf(nobody))).toEqual([]);
  });

  it("is not asked about twice, nor ended, by who knows its public half alone", async () => {
    const browser = await signIn();
    const before = await rowOf(browser);
    const thief = openBrowser({ url: server().url });
    thief.keep("lectern_session", `${sessionIdOf(browser)}.${"A".repeat(43)}`);
    const statements = await statementsOf(async () => expect(await meOf(thief)).toBeNull());
    expect(statements).toEqual([VALIDATION]);
    expect(await rowOf(browser)).toEqual(before);
    expect(await meOf(browser)).not.toBeNull();
  });

  // By Lucia's own rule, a session that ends within half the time it may lie idle would be written to each time.
  it.each([
    { whose: "of staff, which ends within a week", days: END_DAYS.staff },
    { whose: "in its last days", days: 2 },
  ])("costs no write for a session $whose either", async ({ days }) => {
    const browser = await signIn();
    await leaveDays(browser, days);
    const before = await rowOf(browser);
    const statements = await statementsOf(async () => {
      for (let time = 0; time < 3; time += 1) expect(await meOf(browser)).not.toBeNull();
    });
    expect(statements).toEqual([VALIDATION, VALIDATION, VALIDATION]);
    expect(await rowOf(browser)).toEqual(before);
  });

  it("costs staff, whoever they are, one query", async () => {
    const editor = await createPerson(server(), {}, [{ role: "course_editor" }]);
    const browser = await signIn(editor);
    const before = await rowOf(browser);
    expect(await statementsOf(() => meOf(browser))).toEqual([VALIDATION]);
    expect(await rowOf(browser)).toEqual(before);
  });

  it("costs one write an hour, which moves the expiry on, up to the end", async () => {
    const browser = await signIn();
    await age(browser, 2);
    const before = await rowOf(browser);
    expect(await statementsOf(() => meOf(browser))).toEqual([VALIDATION, TOUCH]);
    const touched = await rowOf(browser);
    expect(touched.session.lastSeenAt.getTime()).toBeGreaterThan(
      before.session.lastSeenAt.getTime(),
    );
    expect(touched.session.expiresAt.getTime()).toBeGreaterThan(before.session.expiresAt.getTime());
    expect(await statementsOf(() => meOf(browser))).toEqual([VALIDATION]);

    await leaveDays(browser, 2);
    await age(browser, 2);
    const { session } = await rowOf(browser);
    expect(await statementsOf(() => meOf(browser))).toEqual([VALIDATION, TOUCH]);
    const late = await rowOf(browser);
    expect(late.session.expiresAt).toEqual(session.endsAt);
    expect(late.session.endsAt).toEqual(session.endsAt);
  });

  it("does not depend on the write", async () => {
    const { db } = server();
    const browser = await signIn();
    await leaveDays(browser, 2);
    await age(browser, 2);
    await db.execute(sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$`);
    await db.execute(
      sql`CREATE TRIGGER refuse BEFORE UPDATE ON auth_session FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    try {
      const statements = await statementsOf(async () => expect(await meOf(browser)).not.toBeNull());
      expect(statements).toEqual([VALIDATION, TOUCH]);
    } finally {
      await db.execute(sql`DROP FUNCTION refuse() CASCADE`);
    }
  });
});
