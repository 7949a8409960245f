import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, operatorActor } from "@lectern/auth/actor";
import { createAccessSecret } from "@lectern/auth/access-key";
import { type FieldCipher, fieldCipher } from "@lectern/auth/encryption/field-cipher";
import { createKeyring } from "@lectern/auth/encryption/keyring";
import type { KeyRotation, KeysStatus } from "@lectern/contract/keys";
import type { Database } from "@lectern/database/connect";
import { encryptedColumns } from "@lectern/database/schema/encrypted-columns";
import { auditEntry } from "@lectern/database/schema/operations";
import { person } from "@lectern/database/schema/people";
import { enquiry } from "@lectern/database/schema/enquiries";
import { dataKey, keyRotation } from "@lectern/database/schema/privacy";
import { type TestDatabase, createTestDatabase } from "@lectern/database/testing/database";
import { waitFor } from "@lectern/database/testing/wait-for";
import { transaction } from "@lectern/database/transaction";
import { asc, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appRouter } from "../../app-router.ts";
import { systemCall } from "../../shared/system-call.ts";
import { plantEncrypted } from "../../testing/encrypted-rows.ts";
import { newKey, testCall, testContext } from "../../testing/factories.ts";
import { signIn } from "../../testing/signed-in.ts";
import { t } from "../../trpc/init.ts";
import { continueRotation } from "./continue-rotation.ts";
import { encryptedStores } from "./encrypted-stores.ts";

const SECRET = createAccessSecret();
const OPERATOR = operatorActor("test-operator");
const callerOf = t.createCallerFactory(appRouter);
const WRITTEN_PER_ROUND = encryptedColumns().length + 4;

let test: TestDatabase;
let db: Database;
let fields: FieldCipher;

beforeEach(async () => {
  test = await createTestDatabase({ poolSize: 8 });
  ({ db } = test);
  fields = server();
});
afterEach(async () => {
  await test.drop();
});

/** What a server encrypts with, which looks for a new key every so many milliseconds. */
function server(activeForMs = 0): FieldCipher {
  return fieldCipher(createKeyring(db, SECRET, { activeForMs, patienceMs: 300 }));
}

function callAs(actor: Actor = OPERATOR, by = fields) {
  return callerOf({ ...testContext(db, actor), fields: by });
}

async function rotate(): Promise<KeyRotation> {
  return callAs().keys.rotate({ idempotencyKey: newKey() });
}

interface Work {
  readonly by?: FieldCipher;
  readonly signal?: AbortSignal;
  readonly stretch?: number;
}

/** What the job does, without waiting until everybody has heard of the new key. */
async function goOn({ by = fields, signal, stretch = 7 }: Work = {}): Promise<void> {
  const call = systemCall({ ...testCall(), fields: by }, uuidv7());
  const options = { minAgeMs: 0, stretch, pauseMs: 20 };
  await continueRotation(db, call, { ...options, signal: signal ?? new AbortController().signal });
}

async function keyIds(): Promise<number[]> {
  const keys = await db.select({ id: dataKey.id }).from(dataKey).orderBy(asc(dataKey.id));
  return keys.map(({ id }) => id);
}

function valuesOf({ keys }: KeysStatus): Record<number, number> {
  return Object.fromEntries(keys.map(({ id, values }) => [id, values]));
}

it("knows of every column that is encrypted, and of what is encrypted inside of others", () => {
  expect(encryptedStores.map(({ name }) => name)).toEqual([
    ...encryptedColumns().map(({ table, column }) => `${table}.${column}`),
    "idempotency_key.answer",
    "privacy_request.archive",
    "one_time_token.data.secret",
    "one_time_token.data.secrets",
  ]);
});

describe("a rotation", () => {
  it("encrypts everything with a new key, and deletes the one before", async () => {
    const planted = await plantEncrypted(db, fields, 5);
    expect(planted.values).toBe(5 * WRITTEN_PER_ROUND);
    const [before] = await keyIds();

    const started = await rotate();
    expect(started).toMatchObject({ doneAt: null, rewritten: 0, unreadable: 0 });
    expect(await keyIds()).toEqual([before, started.keyId]);
    await goOn();

    const status = await callAs().keys.status();
    expect(status).toMatchObject({
      plain: 0,
      lost: 0,
      rotation: { id: started.id, unreadable: 0 },
    });
    // The answer to `keys.rotate` is one of them.
    expect(valuesOf(status)).toEqual({ [started.keyId]: planted.values + 1 });
    expect(await callAs().keys.rotation({ id: started.id })).toMatchObject({
      doneAt: expect.any(String) as string,
      rewritten: planted.values + 1,
    });
    expect(await planted.changed(server())).toEqual([]);
  });

  it("can be followed by another, and another", async () => {
    const planted = await plantEncrypted(db, fields, 1);
    for (let time = 0; time < 3; time += 1) {
      await rotate();
      await goOn();
    }
    expect(await keyIds()).toEqual([4]);
    expect(await planted.changed(server())).toEqual([]);
  });

  it("leaves when things were changed, and their versions, as they are", async () => {
    await plantEncrypted(db, fields, 1);
    const rows = () =>
      db.execute(sql`SELECT p.version, p.updated_at, b.updated_at AS booked, e.version AS asked
        FROM person p JOIN booking b ON b.id = p.id JOIN enquiry e ON e.id = p.id`);
    const before = await rows();
    await rotate();
    await goOn();
    expect(await rows()).toEqual(before);
  });

  it("is written down: who began it, and what came of it", async () => {
    await plantEncrypted(db, fields, 1);
    const { id, keyId } = await rotate();
    await goOn();
    const entries = await db
      .select()
      .from(auditEntry)
      .where(eq(auditEntry.entityId, id))
      .orderBy(asc(auditEntry.id));
    expect(entries).toMatchObject([
      { action: "key_rotation.start", actorKind: "operator", after: { keyId } },
      {
        action: "key_rotation.finish",
        actorKind: "system",
        after: { keyId, unreadable: 0, deletedKeys: [1] },
      },
    ]);
  });

  it("goes on where there is one, and does nothing where there is none", async () => {
    const planted = await plantEncrypted(db, fields, 1);
    await goOn();
    expect(await keyIds()).toEqual([1]);
    await rotate();
    await goOn();
    const status = await callAs().keys.status();
    await goOn();
    expect(await callAs().keys.status()).toEqual(status);
    expect(await planted.changed(server())).toEqual([]);
  });

  it("encrypts what an earlier release did not, which is read all along", async () => {
    const id = uuidv7();
    const asked = { kind: "contact" as const, name: "Aud", email: "aud@example.com", message: "?" };
    await db.insert(enquiry).values({ id, ...asked, phone: "+47 22 00 00 01" });
    const read = async () => (await callAs().enquiries.list({})).items[0]?.phone;
    expect(await read()).toBe("+47 22 00 00 01");
    await rotate();
    expect((await callAs().keys.status()).plain).toBe(1);
    await goOn();
    expect(await read()).toBe("+47 22 00 00 01");
    expect((await callAs().keys.status()).plain).toBe(0);
    const [found] = await db.select().from(enquiry);
    expect(found?.phone).toMatch(/^e1:/u);
  });

  it("keeps the answers to repeated requests", async () => {
    const sent = {
      kind: "contact" as const,
      name: "Aud Lie",
      email: "aud@example.com",
      phone: "+47 22 00 00 01",
      message: "?",
      consent: true as const,
      idempotencyKey: newKey(),
    };
    const answer = await callAs().enquiries.send(sent);
    const moved = { id: answer.id, version: 1, to: "lost" as const, idempotencyKey: newKey() };
    const detail = await callAs().enquiries.move(moved);
    expect(detail.phone).toBe("+47 22 00 00 01");
    await rotate();
    await goOn();
    expect(await keyIds()).toEqual([2]);
    expect(await callAs(OPERATOR, server()).enquiries.send(sent)).toEqual(answer);
    expect(await callAs(OPERATOR, server()).enquiries.move(moved)).toEqual(detail);
  });
});

describe("asking for a rotation", () => {
  it("joins the one that goes on, though twenty ask at once", async () => {
    await plantEncrypted(db, fields, 1);
    const asked = await Promise.all(Array.from({ length: 20 }, () => rotate()));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(await keyIds()).toHaveLength(2);
    expect(await db.$count(keyRotation)).toBe(1);
    await goOn();
    const next = await rotate();
    expect(next.id).not.toBe(asked[0]?.id);
    expect(await keyIds()).toHaveLength(2);
  });

  it("is for those who may, and who have just shown who they are", async () => {
    const sales = await signIn(db, { role: "sales" });
    const administrator = await signIn(db, { role: "administrator" });
    await expect(callAs(await sales.actor()).keys.status()).rejects.toThrow("keys.rotate");
    const mayRotate = async () =>
      callAs(await administrator.actor()).keys.rotate({ idempotencyKey: newKey() });
    expect(await mayRotate()).toMatchObject({ doneAt: null });
    await administrator.becomeUnconfirmed();
    await expect(mayRotate()).rejects.toThrow("confirm that it is you");
  });
});

describe("a rotation that is cut off", () => {
  /** Encrypts so often, and then the worker is gone. */
  function dyingAfter(times: number): { by: FieldCipher; count: () => number } {
    let encrypted = 0;
    const by: FieldCipher = {
      ...fields,
      encrypt: async (place, text) => {
        if (place.table !== "data_key") encrypted += 1;
        if (encrypted > times) throw new Error("The worker was killed");
        return fields.encrypt(place, text);
      },
    };
    return { by, count: () => encrypted };
  }

  it("goes on from where it was", async () => {
    const planted = await plantEncrypted(db, fields, 10);
    await rotate();
    const all = planted.values + 1;
    const dying = dyingAfter(60);
    await expect(goOn({ by: dying.by, stretch: 10 })).rejects.toThrow("killed");
    const half = await db.select().from(keyRotation);
    expect(half).toMatchObject([{ isDone: false, rewritten: 60 }]);
    expect(await planted.changed(server())).toEqual([]);

    const next = dyingAfter(Number.POSITIVE_INFINITY);
    await goOn({ by: next.by, stretch: 10 });
    expect(next.count()).toBe(all - 60);
    expect(valuesOf(await callAs().keys.status())).toEqual({ 2: all });
    expect(await planted.changed(server())).toEqual([]);
  });

  it("stops between two stretches when it is told to", async () => {
    const planted = await plantEncrypted(db, fields, 3);
    await rotate();
    const stopping = new AbortController();
    const working = goOn({ signal: stopping.signal, stretch: 1 });
    await waitFor(async () => ((await db.select().from(keyRotation))[0]?.rewritten ?? 0) > 3);
    stopping.abort(new Error("The worker stops"));
    await expect(working).rejects.toThrow("The worker stops");
    await goOn();
    expect(await keyIds()).toEqual([2]);
    expect(await planted.changed(server())).toEqual([]);
  });

  it("does no harm when it is taken over while it still works", async () => {
    const planted = await plantEncrypted(db, fields, 10);
    const { id } = await rotate();
    await Promise.all(Array.from({ length: 4 }, () => goOn({ by: server(), stretch: 5 })));
    const { rewritten, unreadable } = await callAs().keys.rotation({ id });
    expect({ rewritten, unreadable }).toEqual({ rewritten: planted.values + 1, unreadable: 0 });
    expect(await planted.changed(server())).toEqual([]);
    expect(await db.$count(auditEntry, eq(auditEntry.action, "key_rotation.finish"))).toBe(1);
  });
});

describe("while others write", () => {
  /** Somebody who changes one row again and again, and knows what they wrote last. */
  async function startWriter(by: FieldCipher, goesOn: () => boolean) {
    const id = uuidv7();
    const place = { table: "person", column: "phone", id };
    const email = `${id}@example.com`;
    const firstPhone = await by.encrypt(place, "0");
    await db.insert(person).values({ id, name: "Aud Lie", email, phone: firstPhone });
    let text = "0";
    let writes = 0;
    const asked: { id: string; phone: string }[] = [];
    const done = (async () => {
      while (goesOn()) {
        await sleep(Math.random() * 300);
        const next = `${writes + 1}`;
        await transaction(db, { idempotent: true }, async (tx) => {
          const phone = await by.encrypt(place, next);
          await tx.update(person).set({ phone }).where(eq(person.id, id));
        });
        text = next;
        writes += 1;
        const phone = `${id.slice(-12)} ${writes}`;
        const sent = await callAs(OPERATOR, by).enquiries.send({
          kind: "contact",
          name: "Aud Lie",
          email,
          phone,
          message: "?",
          consent: true,
          idempotencyKey: newKey(),
        });
        asked.push({ id: sent.id, phone });
        const [found] = await db.select().from(person).where(eq(person.id, id));
        expect(await by.decrypt(place, found?.phone ?? "")).toBe(text);
      }
    })();
    return { place, done, text: () => text, writes: () => writes, asked };
  }

  it("loses nothing, and leaves nothing with another key, on three servers that hear of it late", async () => {
    const planted = await plantEncrypted(db, fields, 5);
    let isRunning = true;
    // They go on with the key that they know for a while, though it may be gone by then.
    const servers = [server(60), server(250), server(2000)];
    const writers = await Promise.all(
      servers.flatMap((by) => [0, 1].map(() => startWriter(by, () => isRunning))),
    );
    const total = () => writers.reduce((sum, { writes }) => sum + writes(), 0);
    for (let time = 0; time < 2; time += 1) {
      const before = total();
      await rotate();
      await goOn({ stretch: 200 });
      await waitFor(() => total() > before, 20_000);
    }
    isRunning = false;
    await Promise.all(writers.map(({ done }) => done));
    await rotate();
    await goOn();

    const fresh = server();
    const status = await callAs().keys.status();
    expect(status).toMatchObject({ keys: [{ id: 4, isActive: true }], plain: 0, lost: 0 });
    expect(await planted.changed(fresh)).toEqual([]);
    const phones = new Map<string, string>();
    for (const row of await db.select().from(enquiry)) {
      const place = { table: "enquiry", column: "phone", id: row.id };
      phones.set(row.id, await fresh.decrypt(place, row.phone ?? ""));
    }
    for (const { place, text, asked } of writers) {
      const [found] = await db.select().from(person).where(eq(person.id, place.id));
      expect(await fresh.decrypt(place, found?.phone ?? "")).toBe(text());
      for (const one of asked) expect(phones.get(one.id)).toBe(one.phone);
    }
  }, 120_000);

  it("does not undo what somebody wrote since it was read", async () => {
    const planted = await plantEncrypted(db, fields, 1);
    const [someone] = await db.select().from(person);
    const place = { table: "person", column: "phone", id: someone?.id ?? "" };
    let isWritten = false;
    const interrupted: FieldCipher = {
      ...fields,
      encrypt: async (at, text) => {
        if (!isWritten && at.table === "person" && at.column === "phone") {
          isWritten = true;
          const phone = await fields.encrypt(place, "written meanwhile");
          await db.update(person).set({ phone }).where(eq(person.id, place.id));
        }
        return fields.encrypt(at, text);
      },
    };
    await rotate();
    await goOn({ by: interrupted });
    const [found] = await db.select().from(person);
    expect(await server().decrypt(place, found?.phone ?? "")).toBe("written meanwhile");
    expect(await planted.changed(server())).toHaveLength(1);
  });

  it("waits for whoever has written with the old key and has not committed", async () => {
    const planted = await plantEncrypted(db, fields, 1);
    const id = uuidv7();
    const place = { table: "person", column: "phone", id };
    const phone = await fields.encrypt(place, "written late");
    const [isWritten, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const writing = transaction(db, {}, async (tx) => {
      await tx.insert(person).values({ id, name: "Aud", email: `${id}@example.com`, phone });
      isWritten.resolve();
      await mayCommit.promise;
    });
    await isWritten.promise;
    await rotate();
    const working = goOn();
    // Nothing is left that it could see; it asks for the old key, which the writer keeps.
    await waitFor(async () => {
      const { rows } = await db.execute(
        sql`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%"data_key"%for update%'`,
      );
      return rows.length > 0;
    });
    expect(await keyIds()).toEqual([1, 2]);
    mayCommit.resolve();
    await Promise.all([writing, working]);

    expect(await keyIds()).toEqual([2]);
    const [found] = await db.select().from(person).where(eq(person.id, id));
    expect(await server().decrypt(place, found?.phone ?? "")).toBe("written late");
    expect(await planted.changed(server())).toEqual([]);
  });

  it("leaves alone what somebody has locked, and comes back for it", async () => {
    const planted = await plantEncrypted(db, fields, 2);
    const [someone] = await db.select().from(person).limit(1);
    const [isLocked, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const locking = transaction(db, {}, async (tx) => {
      await tx
        .select()
        .from(person)
        .where(eq(person.id, someone?.id ?? ""))
        .for("update");
      isLocked.resolve();
      await mayEnd.promise;
    });
    await isLocked.promise;
    await rotate();
    const working = goOn();
    const left = async () => valuesOf(await callAs().keys.status())[1];
    // The four of the person that is locked.
    await waitFor(async () => (await left()) === 4);
    mayEnd.resolve();
    await Promise.all([locking, working]);
    expect(await keyIds()).toEqual([2]);
    expect(await planted.changed(server())).toEqual([]);
  });
});

describe("what can't be decrypted", () => {
  it("stays as it is with its key, is counted, and does not hold the rest up", async () => {
    const planted = await plantEncrypted(db, fields, 2);
    const [one, other] = await db.select().from(person).orderBy(asc(person.id));
    const ids = { one: one?.id ?? "", other: other?.id ?? "" };
    // Moved from one row to another, and cut off.
    await db.update(person).set({ phone: one?.phone }).where(eq(person.id, ids.other));
    await db.update(person).set({ address: "e1:1:AAAA" }).where(eq(person.id, ids.other));
    await db.update(person).set({ accessNeeds: "e1:nonsense" }).where(eq(person.id, ids.other));
    await rotate();
    await goOn();
    const { keys, lost, rotation } = await callAs().keys.status();
    expect(keys).toMatchObject([
      { id: 1, isActive: false, values: 2 },
      { id: 2, isActive: true, values: planted.values - 3 + 1 },
    ]);
    expect(lost).toBe(1);
    expect(rotation).toMatchObject({ doneAt: expect.any(String) as string, unreadable: 3 });
    const [left] = await db.select().from(person).where(eq(person.id, ids.other));
    expect(left?.phone).toBe(one?.phone);

    // Once it is taken away, the next rotation deletes the key.
    await db
      .update(person)
      .set({ phone: null, address: null, accessNeeds: null })
      .where(eq(person.id, ids.other));
    await rotate();
    await goOn();
    expect(await keyIds()).toEqual([3]);
  });
});
