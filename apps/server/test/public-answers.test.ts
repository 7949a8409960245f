import { createTestRun } from "@lectern/api/testing/factories";
import { newIdempotencyKey } from "@lectern/client";
import { CACHEABLE_QUERIES } from "@lectern/contract/cacheable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { administer } from "@lectern/database/driver/administer";
import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Instance, startInstance } from "./support/instance.ts";
import { createPerson, signedIn } from "./support/people.ts";
import { useTestServer } from "./support/test-server.ts";

/** What everybody may ask, as browsers and shared caches see it, on instances that share a database. */

const database = useTestDatabase();

async function start(): Promise<Instance> {
  const instance = await startInstance({ databaseUrl: database().url });
  onTestFinished(() => instance.stop());
  await expect.poll(() => instance.live.isListening()).toBe(true);
  return instance;
}

function address({ url }: { readonly url: string }, query: string, input?: unknown): string {
  const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return `${url}/trpc/${query}${search}`;
}

/** Changes something of which no notice is given. @returns a run, and what is kept of it and no longer true */
async function changeUntold({ db, client }: Instance) {
  const { id } = await createTestRun(db, { capacity: 1000 });
  const placesLeft = async () => (await client.runs.byId.query({ id })).placesLeft;
  let first = Number.NaN;
  // The notice of the run itself is on its way.
  await expect
    .poll(async () => {
      first = await placesLeft();
      await db
        .update(runCapacity)
        .set({ taken: sql`${runCapacity.taken} + 1` })
        .where(eq(runCapacity.runId, id));
      return first === (await placesLeft());
    })
    .toBe(true);
  return { id, placesLeft: first };
}

describe("a change", () => {
  it("is seen on another instance within a tenth of a second, though its answer is kept there", async () => {
    const [here, there] = [await start(), await start()];
    const { id } = await createTestRun(here.db, { capacity: 10 });
    const places = async () => (await there.client.runs.byId.query({ id })).placesLeft;
    expect(await places()).toBe(10);
    await here.client.bookings.hold.mutate({
      runId: id,
      places: 3,
      idempotencyKey: newIdempotencyKey(),
    });
    await expect.poll(places, { interval: 5 }).toBe(7);
  });

  it("of the catalogue is heard of, whoever makes it", async () => {
    const there = await start();
    const { id } = await createTestRun(there.db);
    const titleOf = async () => (await there.client.runs.byId.query({ id })).course.title;
    const before = await titleOf();
    await there.db.update(course).set({ title: "Another title" });
    await expect.poll(titleOf, { interval: 5 }).toBe("Another title");
    expect(before).not.toBe("Another title");
  });

  it("that nobody was told of is not seen before its time: the answer is kept", async () => {
    const there = await start();
    const { id, placesLeft } = await changeUntold(there);
    expect((await there.client.runs.byId.query({ id })).placesLeft).toBe(placesLeft);
  });

  it("that was missed is seen once notices are heard again", async () => {
    const there = await start();
    const { id, placesLeft } = await changeUntold(there);
    await using admin = administer(database().adminUrl);
    await admin.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lectern-instance-listener' and datname = current_database()",
    );
    await expect
      .poll(async () => (await there.client.runs.byId.query({ id })).placesLeft)
      .toBeLessThan(placesLeft);
  });

  it("that is refused has nobody ask anew, whoever tries it", async () => {
    const there = await start();
    const { id, placesLeft } = await changeUntold(there);
    const refused = await fetch(address(there, "runs.cancel"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id, idempotencyKey: newIdempotencyKey() }),
    });
    expect(refused.status).toBe(401);
    expect((await there.client.runs.byId.query({ id })).placesLeft).toBe(placesLeft);
  });
});

describe("an answer for everybody", () => {
  const server = useTestServer({ trustedProxies: ["127.0.0.1"] });

  it("has a tag, by which whoever has it is told that it still is so", async () => {
    const url = address(server(), "courses.list", { limit: 20 });
    const first = await fetch(url);
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("public, no-cache");
    expect(first.headers.get("vary")).toBe("trpc-accept, accept, accept-encoding");
    const known = { "if-none-match": `"other", ${etag}` };
    const again = await fetch(url, { headers: known });
    expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
    await server()
      .db.update(course)
      .set({ summary: sql`${course.summary} || '!'` });
    await expect.poll(async () => (await fetch(url, { headers: known })).status).toBe(200);
  });

  it("is what whoever asks in another way is told, who gets none that is kept", async () => {
    const { items } = await server().client.courses.list.query({ limit: 1 });
    const input = { slug: items[0]?.slug };
    const kept = await fetch(address(server(), "courses.bySlug", input));
    const posted = await fetch(address(server(), "courses.bySlug"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    expect([kept.headers.has("etag"), posted.headers.has("etag")]).toEqual([true, false]);
    expect(await kept.text()).toBe(await posted.text());
  });

  it("comes compressed to whoever takes that, and means the same", async () => {
    const url = address(server(), "courses.list", { limit: 20 });
    const plain = await fetch(url, { headers: { "accept-encoding": "gzip, br;q=0" } });
    const small = await fetch(url, { headers: { "accept-encoding": "gzip, br" } });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(small.headers.get("content-encoding")).toBe("br");
    expect(Number(small.headers.get("content-length"))).toBeLessThan(
      Number(plain.headers.get("content-length")) / 3,
    );
    expect(await small.json()).toEqual(await plain.json());
  });

  it("has nothing of who asks, though a cache that all share gives one's answer to the other", async () => {
    const browsers = await Promise.all(
      ["Ada Lovelace", "Grace Hopper"].map(async (name) =>
        signedIn(server(), await createPerson(server(), { name })),
      ),
    );
    const { items } = await server().client.courses.list.query({ limit: 1 });
    const [run] = (await server().client.runs.upcoming.query({ limit: 1 })).items;
    const [article] = (await server().client.articles.list.query({})).items;
    const inputs: Partial<Record<(typeof CACHEABLE_QUERIES)[number], unknown>> = {
      "articles.bySlug": { slug: article?.slug },
      "articles.list": {},
      "courses.bySlug": { slug: items[0]?.slug },
      "courses.facets": {},
      "courses.list": { limit: 20 },
      "runs.byId": { id: run?.id },
      "runs.upcoming": { limit: 20 },
    };
    for (const query of CACHEABLE_QUERIES.filter((path) => path !== "system.info")) {
      const asked = address({ url: "" }, query, inputs[query]);
      const bodies: string[] = [];
      for (const browser of browsers) {
        const answer = await browser.fetch(asked, { headers: { "x-lectern-client": "site" } });
        expect([query, answer.status]).toEqual([query, 200]);
        expect(answer.headers.getSetCookie()).toEqual([]);
        bodies.push(await answer.text());
      }
      expect(bodies[0]).toBe(bodies[1]);
      expect(bodies[0]).not.toMatch(/Lovelace|Hopper/u);
    }
    // What is personal says that nobody may keep it, and differs.
    const [one, other] = await Promise.all(
      browsers.map((browser) =>
        browser.fetch("/trpc/account.me", { headers: { "x-lectern-client": "site" } }),
      ),
    );
    expect(one?.headers.get("cache-control")).toBe("no-store");
    expect(one?.headers.get("etag")).toBeNull();
    expect(await one?.text()).toContain("Ada Lovelace");
    expect(await other?.text()).toContain("Grace Hopper");
  });

  it("is asked of the database once, however many want it at the same time", async () => {
    const { db } = server();
    const url = address(server(), "courses.facets", { query: "only asked in this test" });
    const waiting = async () => {
      const { rows } = await db.execute(
        sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length;
    };
    let answers: Promise<Response[]> | undefined;
    await transaction(db, { idempotent: true }, async (tx) => {
      await tx.execute(sql`LOCK TABLE course IN ACCESS EXCLUSIVE MODE`);
      answers = Promise.all(Array.from({ length: 200 }, () => fetch(url)));
      await expect.poll(waiting).toBeGreaterThan(0);
      // Those that are on their way have come by then.
      await fetch(address(server(), "system.info"));
      expect(await waiting()).toBe(1);
    });
    expect(new Set((await answers)?.map((answer) => answer.headers.get("etag"))).size).toBe(1);
  });

  it("is asked once for all when that goes wrong, and each is told so by itself", async () => {
    const { db, database: own } = server();
    await using admin = administer(own.adminUrl);
    const url = address(server(), "courses.facets", { query: "asked when all goes wrong" });
    const waiting = async () =>
      await admin.run(
        "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
    await transaction(db, { idempotent: true }, async (tx) => {
      await tx.execute(sql`LOCK TABLE course IN ACCESS EXCLUSIVE MODE`);
      const asking = Promise.all(Array.from({ length: 50 }, () => fetch(url)));
      await expect.poll(async () => (await waiting()).length).toBe(1);
      await fetch(address(server(), "system.info"));
      for (const { pid } of await waiting())
        await admin.run("select pg_cancel_backend($1::integer)", [String(pid)]);
      // Nobody asks for themselves what can't be answered as long as the table is locked.
      const answers = await asking;
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([500]));
      const requestIds = answers.map(({ headers }) => headers.get("x-request-id"));
      expect(new Set(requestIds).size).toBe(50);
      expect(await answers[0]?.text()).toContain(requestIds[0]);
    });
    expect((await fetch(url)).status).toBe(200);
  });

  it("is not kept for whoever shows a token, by nobody", async () => {
    const url = address(server(), "courses.topics");
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${server().operatorToken}` },
    });
    expect(answer.headers.get("etag")).toBeNull();
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("is asked for by one name: however else that is written, nobody may keep what comes", async () => {
    const browser = await signedIn(
      server(),
      await createPerson(server(), { name: "Ada Lovelace" }),
    );
    const both = `input=${encodeURIComponent(JSON.stringify({ 0: {}, 1: {} }))}`;
    for (const [path, isPersonal] of [
      [`/trpc/courses.topics,account.me?batch=1&${both}`, true],
      [`/trpc/courses.topics%2Caccount.me?batch=1&${both}`, true],
      [`/trpc/courses.topics%252Caccount.me?batch=1&${both}`, true],
      ["/trpc/courses%252Etopics", false],
    ] as const) {
      const answer = await browser.fetch(path, { headers: { "x-lectern-client": "site" } });
      expect([path, answer.headers.get("cache-control")]).toEqual([path, "no-store"]);
      expect([path, answer.headers.get("etag")]).toEqual([path, null]);
      expect([path, (await answer.text()).includes("Lovelace")]).toEqual([path, isPersonal]);
    }
  });

  it("is the same in whatever language a browser asks, and however the question is written", async () => {
    const { url } = server();
    const asked = `${url}/trpc/courses.list?input=`;
    const bodies = new Set<string>();
    for (const [address, language] of [
      [`${asked}${encodeURIComponent('{"limit":3,"levels":null}')}`, "en"],
      [`${asked}${encodeURIComponent('{"limit":3,"levels":null}')}`, "nb"],
      [`${asked}${encodeURIComponent('{ "levels": null, "limit": 3, "unknown": 1 }')}`, "de"],
      [
        `${asked}${encodeURIComponent('{"limit":3}')}&input=${encodeURIComponent('{"limit":1}')}`,
        "",
      ],
    ] as const) {
      const answer = await fetch(address, { headers: { "accept-language": language } });
      expect(answer.headers.get("cache-control")).toBe("public, no-cache");
      bodies.add(await answer.text());
    }
    expect(bodies.size).toBe(1);
  });

  it("has no body for HEAD, and is not taken for one that may be kept", async () => {
    const answer = await fetch(address(server(), "courses.topics"), { method: "HEAD" });
    expect(answer.headers.get("etag")).toBeNull();
    expect(answer.headers.get("cache-control")).toBeNull();
  });
});
