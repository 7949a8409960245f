import { setTimeout as sleep } from "node:timers/promises";
import { createAccessSecret } from "@lectern/auth/access-key";
import { openFieldCipher } from "@lectern/auth/encryption/open-field-cipher";
import { createOperatorToken } from "@lectern/auth/operator-token";
import { createClient, newIdempotencyKey } from "@lectern/client";
import type { Database } from "@lectern/database/connect";
import { enquiry } from "@lectern/database/schema/enquiries";
import { dataKey } from "@lectern/database/schema/privacy";
import { createTestDatabase } from "@lectern/database/testing/database";
import { waitFor } from "@lectern/database/testing/wait-for";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { type LecternProcess, freePort, startLectern } from "./support/lectern-process.ts";

/** The keys of personal fields, with servers that are processes of their own. */

const TIMEOUT_MS = 180_000;
const LECTERN_SECRET = createAccessSecret();
const LECTERN_OPERATOR_TOKEN = createOperatorToken();

async function start(
  databaseUrl: string,
  more: Record<string, string> = {},
): Promise<LecternProcess & AsyncDisposable> {
  const server = startLectern({
    DATABASE_URL: databaseUrl,
    LECTERN_SECRET,
    LECTERN_OPERATOR_TOKEN,
    LECTERN_CALLS_PER_MINUTE: "0",
    PORT: String(await freePort()),
    ...more,
  });
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      server.child.kill("SIGKILL");
      await server.exited;
    },
  };
}

const ASKED = { kind: "contact" as const, name: "Aud Lie", email: "aud@example.com", message: "?" };

/** Enquiries with a telephone number each. @returns the numbers by id */
async function plant(db: Database, count: number): Promise<Map<string, string>> {
  const fields = await openFieldCipher(db, LECTERN_SECRET);
  const phones = new Map<string, string>();
  for (let at = 0; at < count; at += 1000) {
    const rows = [];
    for (let row = at; row < Math.min(at + 1000, count); row += 1) {
      const [id, text] = [uuidv7(), `+47 ${row}`];
      phones.set(id, text);
      const phone = await fields.encrypt({ table: "enquiry", column: "phone", id }, text);
      rows.push({ id, ...ASKED, phone });
    }
    await db.insert(enquiry).values(rows);
  }
  return phones;
}

/** @returns the numbers by id, as whoever has the secret reads them from the database */
async function phonesIn(db: Database): Promise<Map<string, string>> {
  const fields = await openFieldCipher(db, LECTERN_SECRET);
  const phones = new Map<string, string>();
  for (const { id, phone } of await db.select().from(enquiry)) {
    phones.set(id, await fields.decrypt({ table: "enquiry", column: "phone", id }, phone ?? ""));
  }
  return phones;
}

/** People who ask all the time; none of them may be refused. */
function sendEnquiries(url: string) {
  const client = createClient({ url, maxRetries: 0 });
  const phones = new Map<string, string>();
  let isOver = false;
  async function send(): Promise<void> {
    while (!isOver) {
      const phone = `+47 ${newIdempotencyKey().slice(-12)}`;
      const asked = { ...ASKED, phone, consent: true as const };
      const { id } = await client.enquiries.send.mutate({
        ...asked,
        idempotencyKey: newIdempotencyKey(),
      });
      phones.set(id, phone);
      await sleep(100);
    }
  }
  const sending = Promise.allSettled([send(), send(), send()]);
  async function stop(): Promise<Map<string, string>> {
    isOver = true;
    for (const outcome of await sending) expect(outcome).toEqual({ status: "fulfilled" });
    return phones;
  }
  return {
    stop,
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      await sending;
    },
  };
}

describe("a rotation of keys", { timeout: TIMEOUT_MS }, () => {
  it("is finished by another server when one is killed in the middle, and nobody is held up", async () => {
    await using test = await createTestDatabase();
    await using working = await start(test.url);
    await working.ready();
    const phones = await plant(test.db, 15_000);
    await using one = await start(test.url, { LECTERN_WORKER: "off" });
    await one.ready();
    const staff = createClient({ url: one.url, token: LECTERN_OPERATOR_TOKEN });

    await using visitors = sendEnquiries(one.url);
    const { id } = await staff.keys.rotate.mutate({ idempotencyKey: newIdempotencyKey() });
    const rotation = () => staff.keys.rotation.query({ id });
    await waitFor(async () => (await rotation()).rewritten >= 1000, 60_000);
    working.child.kill("SIGKILL");
    await working.exited;
    const { rewritten, doneAt } = await rotation();
    expect(doneAt).toBe(null);

    await using successor = await start(test.url);
    await successor.ready();
    await waitFor(async () => (await rotation()).doneAt !== null, 120_000);
    for (const [enquiryId, phone] of await visitors.stop()) phones.set(enquiryId, phone);

    expect((await rotation()).rewritten).toBeGreaterThan(rewritten);
    expect(await test.db.select({ id: dataKey.id }).from(dataKey)).toEqual([{ id: 2 }]);
    const status = await staff.keys.status.query();
    expect(status).toMatchObject({ plain: 0, lost: 0, rotation: { unreadable: 0 } });
    expect(await phonesIn(test.db)).toEqual(phones);
  });
});

describe("a server with another secret", { timeout: TIMEOUT_MS }, () => {
  it("does not start on the database of an academy, and says what is wrong", async () => {
    await using test = await createTestDatabase();
    await plant(test.db, 1);
    await using stranger = await start(test.url, { LECTERN_SECRET: createAccessSecret() });
    expect(await stranger.exited).toMatchObject({ code: 1 });
    expect(stranger.output()).toMatch(/LECTERN_SECRET is not the one that they were made with/u);
    expect(stranger.output()).not.toMatch(/^\s+at /mu);
  });

  it("starts when it is told of the one before, which is not needed again", async () => {
    await using test = await createTestDatabase();
    await plant(test.db, 1);
    const secret = createAccessSecret();
    for (const more of [{ LECTERN_SECRET_PREVIOUS: LECTERN_SECRET }, {}]) {
      await using server = await start(test.url, { LECTERN_SECRET: secret, ...more });
      await server.ready();
      const staff = createClient({ url: server.url, token: LECTERN_OPERATOR_TOKEN });
      expect((await staff.enquiries.list.query({})).items[0]?.phone).toBe("+47 0");
      expect(server.output()).not.toContain(secret);
      expect(server.output()).not.toContain(LECTERN_SECRET);
    }
  });
});
