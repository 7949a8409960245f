import { describe, expect, it } from "vitest";
import { PASSWORD, createPerson, key } from "./support/people.ts";
import { useTestServer } from "./support/test-server.ts";

/** An academy that is reached over https, by a proxy in front. */

const PUBLIC_URL = "https://academy.example";
const server = useTestServer({ publicUrl: PUBLIC_URL, mailbox: { academy: "Lectern" } });

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server().url}/trpc/${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-lectern-client": "test",
      origin: PUBLIC_URL,
      "sec-fetch-site": "same-origin",
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

describe("cookies over https", () => {
  it("are for this host alone, go over https alone, and are out of reach of scripts and other sites", async () => {
    const { email } = await createPerson(server());
    const response = await post("account.signIn", { email, password: PASSWORD, ...key() });
    expect(response.status).toBe(200);
    const cookies = response.headers.getSetCookie();
    expect(cookies.map((line) => line.split("=")[0] ?? "").toSorted()).toEqual([
      "__Host-lectern_device",
      "__Host-lectern_session",
    ]);
    for (const line of cookies) {
      expect(line).toMatch(/; Path=\/(?:;|$)/u);
      expect(line).toMatch(/; HttpOnly/u);
      expect(line).toMatch(/; Secure/u);
      expect(line).toMatch(/; SameSite=Lax/u);
      expect(line).not.toMatch(/domain/iu);
    }
  });

  it("count by their name alone: one that plain http could have set does not", async () => {
    const { email } = await createPerson(server());
    const response = await post("account.signIn", { email, password: PASSWORD, ...key() });
    const [session = ""] = response.headers
      .getSetCookie()
      .filter((line) => line.startsWith("__Host-lectern_session="))
      .map((line) => line.split(";")[0]?.split("=")[1] ?? "");
    const ask = (cookie: string) =>
      fetch(`${server().url}/trpc/account.details`, {
        headers: { cookie, "x-lectern-client": "test" },
      }).then(({ status }) => status);
    expect(await ask(`__Host-lectern_session=${session}`)).toBe(200);
    expect(await ask(`lectern_session=${session}`)).toBe(401);
    expect(await ask("")).toBe(401);
  });

  it("of the mailbox are for this host alone, and hold another secret than its key", async () => {
    const mailboxKey = server().accessKeys.keyFor("mailbox", "mailbox");
    const response = await fetch(`${server().url}/mailbox/session`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ key: mailboxKey }),
    });
    const [line = ""] = response.headers.getSetCookie();
    expect(line).toMatch(/^__Host-lectern_mailbox=\d{13}\./u);
    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Secure$/u);
    expect(line).not.toContain(mailboxKey);
    const [cookie = ""] = line.split(";");
    const look = (headers: Record<string, string>) =>
      fetch(`${server().url}/mailbox`, { headers }).then(({ status }) => status);
    expect(await look({ cookie })).toBe(200);
    expect(await look({ cookie: `__Host-lectern_mailbox=${mailboxKey}` })).toBe(401);
    // A name that a neighbouring host, or plain http, could have set.
    for (const name of ["__Secure-lectern_mailbox", "lectern_mailbox"]) {
      const [, value = ""] = cookie.split("=");
      expect(await look({ cookie: `${name}=${value}` })).toBe(401);
    }
    const later = cookie.replace(/=\d{13}/u, `=${Date.now() + 1e9}`);
    expect(await look({ cookie: later })).toBe(401);
  });
});

describe("signing out over https", () => {
  it.each(["account.signOut", "account.signOutEverywhere"])(
    "by %s ends the cookie, and has the browser clear what it kept of its own",
    async (procedure) => {
      const { email } = await createPerson(server());
      const entered = await post("account.signIn", { email, password: PASSWORD, ...key() });
      expect(entered.headers.get("clear-site-data")).toBe(null);
      const cookie = entered.headers
        .getSetCookie()
        .map((line) => line.split(";")[0] ?? "")
        .join("; ");
      const out = await post(procedure, key(), { cookie });
      expect(out.status).toBe(200);
      // Not "cookies": the device stays known. Nor "cache": nothing of anybody is in it.
      expect(out.headers.get("clear-site-data")).toBe('"storage"');
      const [ended = "", ...others] = out.headers.getSetCookie();
      expect(others).toEqual([]);
      expect(ended).toMatch(/^__Host-lectern_session=; Max-Age=0;/u);
      const again = await post(procedure, key(), { cookie });
      expect(again.status).toBe(401);
      expect(again.headers.get("clear-site-data")).toBe(null);
    },
  );
});

describe("answers over https", () => {
  it("say what they are, and that http is not to be used again", async () => {
    for (const path of ["/trpc/system.info", "/healthz", "/trpc/no.such", "/nowhere"]) {
      const response = await fetch(`${server().url}${path}`);
      expect(response.headers.get("content-type")).toMatch(/^(?:application\/json|text\/)/u);
      expect(response.headers.get("strict-transport-security")).toMatch(/max-age=31536000/u);
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });
});
