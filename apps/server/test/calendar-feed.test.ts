import { createTestRun } from "@lectern/api/testing/factories";
import { createTestBooking } from "@lectern/api/testing/registrations";
import { courseRun } from "@lectern/database/schema/scheduling";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createPerson, key, signedIn } from "./support/people.ts";
import { askRaw } from "./support/raw-request.ts";
import { useTestServer } from "./support/test-server.ts";

/** A calendar at its secret address, over HTTP, as programs ask for it that poll. */

const server = useTestServer({
  trustedProxies: ["127.0.0.1"],
  callLimits: { perMinute: 5, effectsPerMinute: 0, streams: 0 },
});

/** @returns somebody's calendar address, and their place */
async function subscribed() {
  const { db } = server();
  const who = await createPerson(server());
  const run = await createTestRun(db);
  await createTestBooking(db, run.id, 1, [who.email]);
  const browser = await signedIn(server(), who);
  const { address } = await browser.client.calendar.makeFeed.mutate(key());
  return { who, run, browser, address };
}

function ask(address: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(address, { headers });
}

/** The part of an address that must stand nowhere. */
const secretIn = (address: string) => address.split("/").at(-1)?.split(".")[1] ?? "";

describe("a calendar at its secret address", () => {
  it("is for the program that asks alone, which is told that nothing has changed, and what has", async () => {
    const { run, address } = await subscribed();
    expect(new URL(address).origin).toBe(server().url);
    const response = await ask(address);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/calendar; charset=utf-8",
      "cache-control": "private, no-cache",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'") as string,
    });
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(await response.text()).toMatch(/^BEGIN:VCALENDAR\r\n[^]*SUMMARY:Test course/u);

    const etag = response.headers.get("etag") ?? "";
    const again = await ask(address, { "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const head = await fetch(address, { method: "HEAD" });
    expect([head.status, head.headers.get("etag")]).toEqual([200, etag]);

    await server()
      .db.update(courseRun)
      .set({ status: "cancelled", updatedAt: sql`clock_timestamp()` })
      .where(eq(courseRun.id, run.id));
    const changed = await ask(address, { "if-none-match": etag });
    expect(changed.status).toBe(200);
    expect(await changed.text()).toContain("STATUS:CANCELLED");
  });

  it("is the same to whoever asks, signed in or not, and is asked for by nothing but reading", async () => {
    const { browser, address } = await subscribed();
    const path = new URL(address).pathname;
    expect((await browser.fetch(path)).status).toBe(200);
    expect((await fetch(address, { method: "POST" })).status).toBe(404);
  });

  it("is gone the moment that it is withdrawn, or its owner suspended, and nobody is told why", async () => {
    const [first, second] = [await subscribed(), await subscribed()];
    const { staff } = server();
    await first.browser.client.calendar.withdrawFeed.mutate(key());
    await staff.people.suspend.mutate({ id: second.who.id, reason: "Test", ...key() });
    for (const { address } of [first, second]) {
      const response = await ask(address);
      expect([response.status, await response.text()]).toEqual([
        404,
        "There is no such calendar.\n",
      ]);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("is not to be guessed: an address from which much is tried is sent away, and those that are right are not", async () => {
    const { address } = await subscribed();
    const guess = address.replace(secretIn(address), "A".repeat(43));
    const from = { "x-forwarded-for": "198.51.100.7" };
    const statuses: number[] = [];
    for (let time = 0; time < 7; time += 1) statuses.push((await ask(guess, from)).status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429]);
    expect(Number((await ask(guess, from)).headers.get("retry-after"))).toBeGreaterThan(0);
    // Where many programs ask from one address, as the large ones do.
    expect((await ask(address, from)).status).toBe(200);
  });

  it("stands in no line of the log, whatever is asked for and however it fails", async () => {
    const { address } = await subscribed();
    const secret = secretIn(address);
    const { app, url } = server();
    app.log.level = "trace";
    const path = new URL(address).pathname;
    await ask(address);
    await ask(address, { "if-none-match": "*" });
    await fetch(address, { method: "POST", body: "x" });
    await fetch(address, { method: "PUT" });
    await ask(`${address}/`);
    await ask(`${address}?x=${secret}`);
    await ask(`${url}/calendar/x/${secret}`);
    await ask(`${url}/calendar//${secret}.ics`);
    await ask(`${url}/nowhere/${secret}`);
    await askRaw(url, `${path}%zz`);
    await askRaw(url, `${path} x`);
    await askRaw(url, path, { method: "BREW" });
    // What goes wrong inside of it.
    await server().db.execute(sql`ALTER TABLE calendar_feed RENAME TO calendar_feed_away`);
    try {
      expect((await ask(address)).status).toBeGreaterThanOrEqual(500);
    } finally {
      await server().db.execute(sql`ALTER TABLE calendar_feed_away RENAME TO calendar_feed`);
    }
    const log = server().log();
    expect(log).toContain('"route":"/calendar/*"');
    expect(log).toContain("request failed");
    expect(log).not.toContain(secret);
  });
});
