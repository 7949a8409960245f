import { auditEntry } from "@lectern/database/schema/operations";
import { describe, expect, it } from "vitest";
import { createPerson, showSecondFactor, signedIn } from "../support/people.ts";
import { PROCEDURES } from "../support/procedures.ts";
import { useTestServer } from "../support/test-server.ts";

/** A page of another site sends requests with the cookies of somebody who is signed in. */

const server = useTestServer({ trustedProxies: ["127.0.0.1"] });

/** What a form or a script can send: the first three without the browser asking first. */
const CONTENT_TYPES = [
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain",
  "application/json",
  "application/json; charset=utf-8",
  "text/json",
  undefined,
] as const;

const mutations = PROCEDURES.filter(({ type }) => type === "mutation");

async function administrator() {
  const owner = await createPerson(server(), {}, [{ role: "administrator" }]);
  const browser = await signedIn(server(), owner);
  await showSecondFactor(server(), browser);
  return browser;
}

describe("a request that another site sends", () => {
  it("changes nothing: 7 content types × 5 origins × every mutation", async () => {
    const browser = await administrator();
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const own = new URL(server().url);
    const origins = [
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "null", "sec-fetch-site": "cross-site" },
      // The same machine, and another program on it.
      { origin: `http://${own.hostname}:1`, "sec-fetch-site": "same-site" },
      // A name that begins, or ends, as ours does.
      { origin: `${own.origin}.evil.example`, "sec-fetch-site": "cross-site" },
      // An old browser, which says nothing but the origin.
      { origin: `https://${own.host}` },
    ];
    const before = await server().db.$count(auditEntry);
    const statuses = new Map<number, number>();
    for (const { path } of mutations) {
      const sent = origins.flatMap((origin) =>
        CONTENT_TYPES.map(async (type) => {
          const response = await fetch(`${server().url}/trpc/${path}`, {
            method: "POST",
            headers: {
              cookie,
              ...(type !== undefined && { "content-type": type }),
              ...origin,
            },
            // Without a content type of its own, fetch gives text one.
            body: new TextEncoder().encode("{}"),
          });
          await response.arrayBuffer();
          expect(response.headers.getSetCookie()).toEqual([]);
          expect(response.headers.get("access-control-allow-origin")).toBeNull();
          return response.status;
        }),
      );
      for (const status of await Promise.all(sent)) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }
    expect(new Set(statuses.keys())).toEqual(new Set([403, 415]));
    expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(
      mutations.length * origins.length * CONTENT_TYPES.length,
    );
    expect(await server().db.$count(auditEntry)).toBe(before);
  });

  it("would be let through from our own pages: the same request, from there", async () => {
    const browser = await administrator();
    const before = await browser.client.account.details.query();
    const changed = await browser.client.account.update.mutate({
      name: "Changed",
      version: before.version,
      idempotencyKey: crypto.randomUUID(),
    });
    expect(changed.name).toBe("Changed");
  });

  it("carries nobody's session without the header that our scripts send", async () => {
    const browser = await administrator();
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(`${server().url}/trpc/account.me`, {
        headers: { cookie, ...headers },
      });
      return response.text();
    };
    // Such as an image, a script or a link in a page of another site.
    expect(await ask({ "sec-fetch-site": "cross-site" })).toContain('"me":null');
    expect(await ask({})).toContain('"me":null');
    expect(await ask({ "x-lectern-client": "x", "sec-fetch-site": "cross-site" })).toContain(
      '"me":null',
    );
    expect(await ask({ "x-lectern-client": "x" })).toContain("Grace Hopper");
  });

  it("is not told by CORS that it may read or send anything", async () => {
    for (const method of ["OPTIONS", "GET", "HEAD"]) {
      const response = await fetch(`${server().url}/trpc/courses.list`, {
        method,
        headers: {
          origin: "https://evil.example",
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type,x-lectern-client",
        },
      });
      const names = [...response.headers.keys()].filter((name) =>
        name.startsWith("access-control"),
      );
      expect(names).toEqual([]);
    }
  });

  it("can't sign anybody in to an account of somebody else (login CSRF)", async () => {
    const attacker = await createPerson(server());
    const response = await fetch(`${server().url}/trpc/account.signIn`, {
      method: "POST",
      headers: { origin: "https://evil.example", "content-type": "application/json" },
      body: JSON.stringify({
        email: attacker.email,
        password: "x",
        idempotencyKey: crypto.randomUUID(),
      }),
    });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
