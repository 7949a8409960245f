import { type Database, connect } from "@lectern/database/connect";
import { dataKey } from "@lectern/database/schema/privacy";
import { enquiry } from "@lectern/database/schema/enquiries";
import { type TestDatabase, createTestDatabase } from "@lectern/database/testing/database";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { asc, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAccessSecret } from "../access-key.ts";
import { type FieldCipher, fieldCipher } from "./field-cipher.ts";
import { type Keyring, WrongSecret, createKeyring } from "./keyring.ts";

const SECRET = createAccessSecret();
const PLACE = { table: "person", column: "phone", id: uuidv7() };

let test: TestDatabase;
let db: Database;

beforeEach(async () => {
  test = await createTestDatabase();
  ({ db } = test);
});
afterEach(async () => {
  await test.drop();
});

async function keyIds(): Promise<number[]> {
  const keys = await db.select({ id: dataKey.id }).from(dataKey).orderBy(asc(dataKey.id));
  return keys.map(({ id }) => id);
}

/** Of a server of its own, which looks for another key each time. */
function instance(secret = SECRET, on = db): FieldCipher {
  return fieldCipher(createKeyring(on, secret, { activeForMs: 0, patienceMs: 10_000 }));
}

async function addKey(keyring: Pick<Keyring, "add">): Promise<number> {
  return transaction(db, {}, (tx) => keyring.add(tx));
}

describe("the first use", () => {
  it("makes one key, though twenty servers use it at once, and all read what the others wrote", async () => {
    const rings = Array.from({ length: 20 }, () => instance());
    const stored = await Promise.all(rings.map((ring, at) => ring.encrypt(PLACE, `text ${at}`)));
    expect(await keyIds()).toHaveLength(1);
    for (const ring of [...rings.slice(0, 3), instance()]) {
      const texts = await Promise.all(stored.map((value) => ring.decrypt(PLACE, value)));
      expect(texts).toEqual(stored.map((_, at) => `text ${at}`));
    }
  });

  it("makes one key for twenty who ask one server", async () => {
    const ring = instance();
    const stored = await Promise.all(
      Array.from({ length: 20 }, (_, at) => ring.encrypt(PLACE, `text ${at}`)),
    );
    expect(await keyIds()).toHaveLength(1);
    expect(await ring.decrypt(PLACE, stored[19] ?? "")).toBe("text 19");
  });
});

describe("a new key", () => {
  it("is what every server encrypts with, and what was encrypted before is read", async () => {
    const [one, other] = [instance(), instance()];
    const before = await one.encrypt(PLACE, "before");
    const id = await transaction(db, {}, (tx) => one.addKey(tx));
    for (const ring of [one, other]) {
      expect(await ring.encrypt(PLACE, "after")).toMatch(new RegExp(`^e1:${id}:`, "u"));
      expect(await ring.decrypt(PLACE, before)).toBe("before");
    }
  });

  it("is none where the transaction was rolled back", async () => {
    const keyring = createKeyring(db, SECRET, { activeForMs: 0, patienceMs: 10_000 });
    const { id } = await keyring.active();
    const failed = transaction(db, {}, async (tx) => {
      await keyring.add(tx);
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect((await keyring.active()).id).toBe(id);
  });

  it("is found by a server that has yet to hear of it, when it meets a value with it", async () => {
    const hearsLate = fieldCipher(createKeyring(db, SECRET));
    await hearsLate.encrypt(PLACE, "x");
    const other = instance();
    await transaction(db, {}, (tx) => other.addKey(tx));
    const stored = await Promise.all(
      Array.from({ length: 20 }, (_, at) => other.encrypt(PLACE, `text ${at}`)),
    );
    const texts = await Promise.all(stored.map((value) => hearsLate.decrypt(PLACE, value)));
    expect(texts).toEqual(stored.map((_, at) => `text ${at}`));
  });

  it("does not take values from a server that had read them before the old key was deleted", async () => {
    const ring = instance();
    const stored = await ring.encrypt(PLACE, "read in time");
    await addKey(createKeyring(db, SECRET));
    await db.execute(sql`DELETE FROM data_key WHERE id = (SELECT min(id) FROM data_key)`);
    await ring.encrypt(PLACE, "asks for the keys again");
    expect(await ring.decrypt(PLACE, stored)).toBe("read in time");
    await expect(instance().decrypt(PLACE, stored)).rejects.toThrow("there is no key");
  });
});

describe("a server all of whose connections are taken", () => {
  it("goes on with the key that it knows, instead of waiting for itself", async () => {
    const small = await connect({ url: test.url, poolSize: 1 });
    try {
      const ring = fieldCipher(createKeyring(small, SECRET, { activeForMs: 0 }));
      await ring.encrypt(PLACE, "the key is known");
      const stored = await transaction(small, {}, () => ring.encrypt(PLACE, "within"));
      expect(await ring.decrypt(PLACE, stored)).toBe("within");
    } finally {
      await small.close();
    }
  });
});

describe("with another secret", () => {
  it("nothing opens, and the error says what is wrong", async () => {
    const stored = await instance().encrypt(PLACE, "x");
    const stranger = instance(createAccessSecret());
    await expect(stranger.decrypt(PLACE, stored)).rejects.toThrow(WrongSecret);
    await expect(stranger.encrypt(PLACE, "y")).rejects.toThrow(/LECTERN_SECRET is not the one/u);
    expect(await keyIds()).toHaveLength(1);
  });

  it("nothing in a stolen database opens, not even by its own keys put in another's place", async () => {
    const stored = await instance().encrypt(PLACE, "+47 22 00 00 01");
    const stolen = await db.select().from(dataKey);
    expect(stolen.map(({ wrapped }) => wrapped.length)).toEqual([12 + 32 + 16]);
    const { rows } = await db.execute(sql`SELECT * FROM data_key`);
    expect(JSON.stringify([rows, stored])).not.toContain("+47");
    for (const secret of ["", "lectern data keys", createAccessSecret()]) {
      await expect(instance(secret).decrypt(PLACE, stored)).rejects.toThrow(WrongSecret);
    }
  });

  it("a replaced key can't be put in the place of a newer one", async () => {
    const ring = instance();
    await ring.encrypt(PLACE, "x");
    await transaction(db, {}, (tx) => ring.addKey(tx));
    await db.execute(sql`UPDATE data_key SET wrapped = (
      SELECT wrapped FROM data_key ORDER BY id LIMIT 1)`);
    await expect(instance().encrypt(PLACE, "y")).rejects.toThrow(WrongSecret);
  });

  it.each([0, 1, 27, 59])("a key of %i bytes is refused", async (length) => {
    await db.insert(dataKey).values({ wrapped: Buffer.alloc(length) });
    await expect(instance().encrypt(PLACE, "y")).rejects.toThrow(WrongSecret);
  });
});

describe("changing the secret", () => {
  it("keeps every key under the new one, which is enough from then on", async () => {
    const ring = instance();
    const first = await ring.encrypt(PLACE, "first");
    await transaction(db, {}, (tx) => ring.addKey(tx));
    const second = await ring.encrypt(PLACE, "second");

    const secret = createAccessSecret();
    const changing = Array.from({ length: 3 }, () =>
      fieldCipher(createKeyring(db, secret, { previousSecret: SECRET })),
    );
    const texts = await Promise.all(changing.map((one) => one.decrypt(PLACE, first)));
    expect(texts).toEqual(["first", "first", "first"]);

    expect(await instance(secret).decrypt(PLACE, second)).toBe("second");
    await expect(instance().decrypt(PLACE, first)).rejects.toThrow(WrongSecret);
    // A server that has yet to be started anew goes on with the keys that it knows.
    expect(await ring.encrypt(PLACE, "third")).toMatch(/^e1:2:/u);
  });

  it("does not open what was made with neither of the two", async () => {
    const stored = await instance().encrypt(PLACE, "x");
    const keyring = createKeyring(db, createAccessSecret(), {
      previousSecret: createAccessSecret(),
    });
    await expect(fieldCipher(keyring).decrypt(PLACE, stored)).rejects.toThrow(WrongSecret);
  });
});

describe("a key that a value is being written with", () => {
  const id = uuidv7();
  const place = { table: "enquiry", column: "phone", id };

  async function write(on: Database | Transaction, phone: string): Promise<void> {
    await on
      .insert(enquiry)
      .values({ id, kind: "contact", name: "Aud", email: "aud@example.com", message: "?", phone });
  }

  async function deleteOldKeys(): Promise<number[]> {
    return transaction(db, {}, async (tx) => {
      const old = sql`id < (SELECT max(id) FROM data_key)`;
      await tx.execute(sql`SELECT FROM data_key WHERE ${old} FOR UPDATE`);
      const used = await tx.$count(enquiry, sql`phone IS NOT NULL`);
      if (used > 0) return [];
      const deleted = await tx.delete(dataKey).where(old).returning({ id: dataKey.id });
      return deleted.map((key) => key.id);
    });
  }

  it("can't be deleted before that is decided", async () => {
    const ring = instance();
    const phone = await ring.encrypt(place, "1");
    await transaction(db, {}, (tx) => ring.addKey(tx));
    const [written, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const writing = transaction(db, {}, async (tx) => {
      await write(tx, phone);
      written.resolve();
      await goOn.promise;
    });
    await written.promise;
    const deleting = deleteOldKeys();
    goOn.resolve();
    await writing;
    expect(await deleting).toEqual([]);
    const [found] = await db.select().from(enquiry).where(eq(enquiry.id, id));
    expect(await instance().decrypt(place, found?.phone ?? "")).toBe("1");
  });

  it("is refused once it is gone, and the transaction runs again with the key of today", async () => {
    // Does not look for another key for as long as the test runs, but for the second attempt.
    let active = createKeyring(db, SECRET, { activeForMs: 3_600_000 });
    const slow = fieldCipher({ ...active, active: () => active.active() });
    await slow.encrypt(place, "the old key is known");
    await addKey(createKeyring(db, SECRET));
    expect(await deleteOldKeys()).toEqual([1]);

    const tooLate = await slow.encrypt(place, "2");
    await expect(write(db, tooLate)).rejects.toMatchObject({
      cause: { code: "40001", message: "the data key 1 is gone" },
    });

    let attempts = 0;
    await transaction(db, { idempotent: true }, async (tx) => {
      attempts += 1;
      const phone = await slow.encrypt(place, "2");
      active = createKeyring(db, SECRET);
      await write(tx, phone);
    });
    expect(attempts).toBe(2);
    const [found] = await db.select().from(enquiry).where(eq(enquiry.id, id));
    expect(found?.phone).toMatch(/^e1:2:/u);
  });
});
