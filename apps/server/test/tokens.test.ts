import { type SignedIn, signIn } from "@lectern/api/testing/signed-in";
import {
  type DomainErrorCode,
  type LecternClient,
  type PendingCall,
  createClient,
  newIdempotencyKey,
  safe,
} from "@lectern/client";
import { MAX_BATCH_SIZE } from "@lectern/contract/cacheable";
import { deviceGrant, person } from "@lectern/database/schema/people";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { useTestServer } from "./support/test-server.ts";

/** API tokens and signing programs in, as programs and browsers meet them: over HTTP, with the real client. */

const server = useTestServer();

/** What was secret in any test: none of it may be in the log. */
const secrets: string[] = [];

/** The client in somebody's browser, which sends their cookie. */
function browserOf({ sessionToken }: SignedIn, token?: string): LecternClient {
  secrets.push(sessionToken.split(".")[1] ?? "");
  return createClient({
    url: server().url,
    maxRetries: 0,
    token: () => token,
    fetch: (address, init) => {
      const headers = new Headers(init.headers);
      headers.set("cookie", `lectern_session=${sessionToken}`);
      return fetch(address, { ...init, headers });
    },
  });
}

function showing(token: string): LecternClient {
  secrets.push(token.slice(12, 79));
  return createClient({ url: server().url, token, maxRetries: 0 });
}

function makeToken(browser: LecternClient, permissions = ["catalogue.export"]) {
  return browser.tokens.create.mutate({
    name: "Nightly export",
    permissions,
    idempotencyKey: newIdempotencyKey(),
  });
}

async function codeOf(call: PendingCall<unknown, DomainErrorCode>): Promise<string | undefined> {
  return (await safe(call)).error?.code;
}

let owner: SignedIn;
beforeAll(async () => {
  owner = await signIn(server().db, { role: "course_editor" });
});

describe("a token", () => {
  it("is made in the browser, and lets a program do what it was made for", async () => {
    const { data, headers } = await makeToken(browserOf(owner)).withResponse();
    expect(headers?.get("cache-control")).toBe("no-store");
    const program = showing(data.token);
    expect((await program.courses.export.query({ limit: 1 })).items).toHaveLength(1);
    expect(await codeOf(program.courses.import.mutate({ records: [] }))).toBe("Forbidden");
    expect(await program.tokens.self.query()).toMatchObject({
      kind: "token",
      owner: { id: owner.id, name: owner.name },
    });
    const [listed] = (await browserOf(owner).tokens.list.query({})).items;
    expect(listed).toMatchObject({ id: data.about.id, lastUsedAddress: "127.0.0.1" });
    expect(JSON.stringify(listed)).not.toContain(data.token.slice(12, 40));
  });

  it("counts alone: neither does a cookie help it, nor does it take the cookie's place", async () => {
    const administrator = await signIn(server().db, { role: "administrator" });
    const { token } = await makeToken(browserOf(owner));
    const both = browserOf(administrator, token);
    expect(await both.account.me.query()).toEqual({ me: null });
    expect(await codeOf(both.tokens.list.query({}))).toBe("Forbidden");
    expect(await both.tokens.self.query()).toMatchObject({ owner: { id: owner.id } });
    const wrong = browserOf(administrator, `${token.slice(0, -1)}x`);
    expect(await codeOf(wrong.tokens.list.query({}))).toBe("Unauthenticated");
    expect(await browserOf(administrator).tokens.list.query({})).toMatchObject({ items: [] });
  });

  it("does not do what somebody has to do themselves", async () => {
    const { token } = await makeToken(browserOf(owner));
    const program = showing(token);
    expect(await codeOf(program.devices.describe.query({ userCode: "BCDF-GHJK" }))).toBe(
      "Unauthenticated",
    );
    expect(await codeOf(makeToken(program))).toBe("Forbidden");
  });

  it("is good for each call of a batch, and for none once it was revoked", async () => {
    const browser = browserOf(owner);
    const { token, about } = await makeToken(browser);
    const program = showing(token);
    const ask = () =>
      Promise.all(Array.from({ length: MAX_BATCH_SIZE }, () => safe(program.tokens.self.query())));
    expect((await ask()).every(({ ok }) => ok)).toBe(true);
    await browser.tokens.revoke.mutate({ id: about.id, idempotencyKey: newIdempotencyKey() });
    expect((await ask()).map(({ error }) => error?.code)).toEqual(
      Array.from({ length: MAX_BATCH_SIZE }, () => "Unauthenticated"),
    );
  });

  it("ends with the account of its owner", async () => {
    const { db } = server();
    const leaving = await signIn(db, { role: "administrator" });
    const { token } = await makeToken(browserOf(leaving));
    expect(await codeOf(showing(token).tokens.self.query())).toBeUndefined();
    await db
      .update(person)
      .set({ suspendedAt: sql`clock_timestamp()` })
      .where(eq(person.id, leaving.id));
    expect(await codeOf(showing(token).tokens.self.query())).toBe("Unauthenticated");
  });

  it.each(["Basic", "bearer", "Bearer Bearer", "Token"])(
    "is asked for by its name: %s",
    async (scheme) => {
      const { token } = await makeToken(browserOf(owner));
      const answer = await fetch(`${server().url}/trpc/tokens.self`, {
        headers: { authorization: `${scheme} ${token}` },
      });
      expect(answer.status).toBe(scheme === "bearer" ? 200 : 401);
    },
  );

  it("is of no use in an address", async () => {
    const { token } = await makeToken(browserOf(owner));
    const answer = await fetch(`${server().url}/trpc/tokens.self?access_token=${token}`);
    expect(answer.status).toBe(401);
  });
});

describe("signing a program in", () => {
  async function begin() {
    const begun = await server().client.devices.begin.mutate({
      client: "lectern-cli on build-7",
      permissions: ["catalogue.export", "jobs.read"],
      idempotencyKey: newIdempotencyKey(),
    });
    secrets.push(begun.deviceCode);
    return begun;
  }

  function poll({ deviceCode }: { deviceCode: string }) {
    return createClient({ url: server().url, maxRetries: 0 }).devices.poll.mutate({
      deviceCode,
      idempotencyKey: newIdempotencyKey(),
    });
  }

  it("goes by the browser, and gives its token to one of fifty", async () => {
    const begun = await begin();
    expect(begun.verificationUrl).toBe(`${server().url}/device`);
    const browser = browserOf(owner);
    const { userCode } = begun;
    expect(await browser.devices.describe.query({ userCode })).toMatchObject({
      client: "lectern-cli on build-7",
      address: "127.0.0.1",
      permissions: [
        { name: "catalogue.export", isHeld: true },
        { name: "jobs.read", isHeld: false },
      ],
    });
    await browser.devices.decide.mutate({
      userCode,
      decision: "approve",
      permissions: ["catalogue.export"],
      idempotencyKey: newIdempotencyKey(),
    });
    const polled = await Promise.all(Array.from({ length: 50 }, () => poll(begun)));
    const tokens = polled.flatMap((one) => (one.state === "granted" ? [one.token] : []));
    expect(tokens).toHaveLength(1);
    const program = showing(tokens[0] ?? "");
    expect(await program.tokens.self.query()).toMatchObject({
      name: "lectern-cli on build-7",
      permissions: ["catalogue.export"],
      owner: { id: owner.id },
    });
    expect(await program.tokens.revokeSelf.mutate({ idempotencyKey: newIdempotencyKey() })).toEqual(
      { done: true },
    );
    expect(await codeOf(program.tokens.self.query())).toBe("Unauthenticated");
  });

  it("is for nobody who is not signed in, nor for pages of others", async () => {
    const { userCode } = await begin();
    expect(await codeOf(server().client.devices.describe.query({ userCode }))).toBe(
      "Unauthenticated",
    );
    const answer = await fetch(`${server().url}/trpc/devices.decide`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        cookie: `lectern_session=${owner.sessionToken}`,
        origin: "https://evil.example",
      },
      body: JSON.stringify({
        userCode,
        decision: "approve",
        permissions: [],
        idempotencyKey: newIdempotencyKey(),
      }),
    });
    expect(answer.status).toBe(403);
    const [row] = await server()
      .db.select({ state: deviceGrant.state })
      .from(deviceGrant)
      .where(eq(deviceGrant.userCode, userCode.replace("-", "")));
    expect(row?.state).toBe("pending");
  });

  it("asks again who they are, of somebody who showed it long ago", async () => {
    const before = await signIn(server().db, { role: "course_editor" });
    await before.becomeUnconfirmed();
    const { userCode } = await begin();
    const decided = browserOf(before).devices.decide.mutate({
      userCode,
      decision: "approve",
      idempotencyKey: newIdempotencyKey(),
    });
    expect(await codeOf(decided)).toBe("ConfirmationRequired");
  });
});

it("nothing of it was logged", () => {
  const log = server().log();
  expect(log).toContain("tokens.create");
  expect(log).toContain("devices.poll");
  expect(secrets.length).toBeGreaterThan(20);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(30);
    expect(log).not.toContain(secret);
  }
});
