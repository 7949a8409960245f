import { createTestRun } from "@lectern/api/testing/factories";
import { oneTimeKey } from "@lectern/auth/one-time";
import { oneTimeToken } from "@lectern/database/schema/people";
import { describe, expect, it } from "vitest";
import { dumpOf, formsOf } from "../support/dump.ts";
import {
  PASSWORD,
  createPerson,
  key,
  newestLink,
  showSecondFactor,
  signedIn,
} from "../support/people.ts";
import { openBrowser } from "../support/test-browser.ts";
import { useTestServer } from "../support/test-server.ts";

/** Somebody has a copy of the whole database, and nothing else. */

const server = useTestServer({ trustedProxies: ["127.0.0.1"] });

describe("a stolen database", () => {
  it("holds no session, token, link or key that anything could be opened with", async () => {
    const { db, accessKeys, client } = server();
    const owner = await createPerson(server(), {}, [{ role: "administrator" }]);
    const browser = await signedIn(server(), owner);
    await showSecondFactor(server(), browser);
    const [sessionId = "", sessionSecret = ""] = (
      browser.cookies.get("lectern_session") ?? ""
    ).split(".");
    const [, deviceSecret = ""] = (browser.cookies.get("lectern_device") ?? "").split(".");
    const { token } = await browser.client.tokens.create.mutate({
      name: "Reports",
      permissions: ["bookings.read.any"],
      ...key(),
    });
    await openBrowser({ url: server().url }).client.account.forgotPassword.mutate({
      email: owner.email,
      ...key(),
    });
    const reset = await newestLink(server(), "reset_password", owner.email);
    const run = await createTestRun(db);
    const held = await client.bookings.hold.mutate({ runId: run.id, places: 1, ...key() });
    const program = await client.devices.begin.mutate({
      client: "lectern",
      permissions: [],
      ...key(),
    });

    const dump = await dumpOf(db);
    expect(dump).toContain(sessionId);
    const secrets = {
      PASSWORD,
      sessionSecret,
      deviceSecret,
      token,
      tokenSecret: token.slice(-52, -9),
      resetKey: reset.key,
      bookingKey: held.accessKey,
      deviceCode: program.deviceCode,
      operatorToken: server().operatorToken,
    };
    const tooShort = Object.entries(secrets).filter(([, secret]) => secret.length < 16);
    expect(tooShort).toEqual([]);
    const found = Object.entries(secrets).filter(([, secret]) =>
      formsOf(secret).some((form) => dump.includes(form)),
    );
    expect(found.map(([name]) => name)).toEqual([]);
    for (const { id } of await db.select({ id: oneTimeToken.id }).from(oneTimeToken)) {
      expect(dump).not.toContain(oneTimeKey(accessKeys, id));
    }
  });

  it("gives hashes that are shown in vain, wherever something is taken", async () => {
    const owner = await createPerson(server());
    const browser = await signedIn(server(), owner);
    const [id = ""] = (browser.cookies.get("lectern_session") ?? "").split(".");
    const dump = await dumpOf(server().db);
    const hashes = [...dump.matchAll(/\\\\x([0-9a-f]{64})/gu)].map(([, hex = ""]) => hex);
    expect(hashes.length).toBeGreaterThan(1);
    for (const hash of new Set(hashes)) {
      const forms = [hash, Buffer.from(hash, "hex").toString("base64url")];
      for (const form of forms) {
        const thief = openBrowser({ url: server().url });
        thief.keep("lectern_session", `${id}.${form}`);
        expect((await thief.client.account.me.query()).me).toBeNull();
      }
    }
    expect((await browser.client.account.me.query()).me).toMatchObject({ id: owner.id });
  });
});
