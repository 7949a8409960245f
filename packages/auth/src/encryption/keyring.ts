import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { int4 } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import { type Database, sharedDatabase } from "@lectern/database/queryable";
import { dataKey } from "@lectern/database/schema/privacy";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, asc, eq, sql } from "drizzle-orm";
import { freshlyShared } from "./freshly-shared.ts";

/**
 * The keys that personal fields are encrypted with. Each is kept in the database, encrypted itself under
 * a key that is derived from the academy's secret: a stolen database opens none, and to go over to a new
 * one (`lectern keys rotate`) needs no file to be changed on any machine.
 */
export interface Keyring {
  /**
   * The key to encrypt with now. An academy that has none yet gets its first one.
   *
   * @throws WrongSecret
   */
  active(): Promise<DataKey>;
  /**
   * @returns `undefined` for a key that is not there
   * @throws WrongSecret
   */
  byId(id: number): Promise<Buffer | undefined>;
  /**
   * Makes a key that everything is encrypted with once the transaction has committed: by every instance,
   * within `ACTIVE_FOR_MS`.
   *
   * @returns its id
   */
  add(tx: Transaction): Promise<number>;
}

export interface DataKey {
  readonly id: number;
  readonly key: Buffer;
}

export interface KeyringOptions {
  /**
   * What the academy's secret was before, while it is changed: keys that open with it alone are kept
   * under the new one from then on.
   */
  readonly previousSecret?: string | undefined;
  /** Default `ACTIVE_FOR_MS`. */
  readonly activeForMs?: number;
  /** Default `PATIENCE_MS`. */
  readonly patienceMs?: number;
}

/**
 * So long an instance goes on with the key that was active before. It is no promise that others may count
 * on: an instance that can't reach the database for a while goes on for longer. That nothing is written
 * with a key that is gone is for the database to see to (`lectern_keep_data_key`).
 */
export const ACTIVE_FOR_MS = 10_000;

/** So long whoever encrypts waits to hear of a new key, where one is known that will do. */
const PATIENCE_MS = 200;

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Any number that no other advisory lock of Lectern has: two first uses at once make one key. */
const FIRST_KEY_LOCK = 5_310_927;

/** The academy's secret is not the one that its keys were made with. */
export class WrongSecret extends Error {
  override readonly name = "WrongSecret";

  constructor(cause: unknown) {
    super(
      "The keys of personal fields don't open: LECTERN_SECRET is not the one that they were made with. Set that one again; to change it, name it as LECTERN_SECRET_PREVIOUS beside the new one.",
      { cause },
    );
  }
}

/**
 * Asks the database when a key is needed, remembers what it said, and asks again in time, while the key
 * that is known goes on to be used. A server asks for the active key once as it starts: to ask for the first
 * time takes a connection, which whoever encrypts within a transaction may wait for in vain when all are
 * taken by others who do the same.
 *
 * @param secret the academy's: see `createAccessSecret`
 */
export function createKeyring(
  database: Database,
  secret: string,
  options: KeyringOptions = {},
): Keyring {
  const { previousSecret, activeForMs = ACTIVE_FOR_MS, patienceMs = PATIENCE_MS } = options;
  // Kept for all: whoever asked first may be gone before the answer is.
  const db = sharedDatabase(database);
  const wrapping = wrappingKey(secret);
  const previous = previousSecret === undefined ? undefined : wrappingKey(previousSecret);
  // A key that has been deleted stays: a value that was read just before may still be decrypted.
  const known = new Map<number, Buffer>();
  let newest: { readonly key: DataKey; readonly askedAt: number } | undefined;

  const reload = freshlyShared(async () => {
    const askedAt = performance.now();
    const found = await db.select().from(dataKey).orderBy(asc(dataKey.id));
    const opened: DataKey[] = [];
    for (const { id, wrapped } of found) opened.push({ id, key: await open(id, wrapped) });
    for (const { id, key } of opened) known.set(id, key);
    const last = opened.at(-1);
    newest = last === undefined ? undefined : { key: last, askedAt };
    return last;
  });

  async function open(id: number, wrapped: Uint8Array): Promise<Buffer> {
    if (previous === undefined) return unwrap(wrapping, id, wrapped);
    try {
      return unwrap(wrapping, id, wrapped);
    } catch {
      return wrapAgain(id, wrapped, previous);
    }
  }

  async function wrapAgain(id: number, wrapped: Uint8Array, from: Buffer): Promise<Buffer> {
    const key = unwrap(from, id, wrapped);
    await db
      .update(dataKey)
      .set({ wrapped: wrap(wrapping, id, key) })
      .where(and(eq(dataKey.id, id), eq(dataKey.wrapped, wrapped)));
    return key;
  }

  async function makeFirst(): Promise<void> {
    await transaction(db, { idempotent: true }, async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(${FIRST_KEY_LOCK})`);
      if ((await tx.$count(dataKey)) === 0) await insertKey(tx, wrapping);
    });
  }

  async function stillActive({ key, askedAt }: NonNullable<typeof newest>): Promise<DataKey> {
    const age = performance.now() - askedAt;
    if (age < activeForMs / 2) return key;
    const fresh = reload().catch(() => undefined);
    if (age < activeForMs) return key;
    // Whoever waits may hold the very connection that the question needs: not for long, then.
    return (await Promise.race([fresh, sleep(patienceMs, key, { ref: false })])) ?? key;
  }

  async function active(): Promise<DataKey> {
    if (newest !== undefined) return stillActive(newest);
    const loaded = await reload();
    if (loaded !== undefined) return loaded;
    await makeFirst();
    const made = await reload();
    if (made === undefined) throw new Error("The key that was made is not there");
    return made;
  }

  return {
    active,
    async byId(id) {
      return known.get(id) ?? (await reload(), known.get(id));
    },
    async add(tx) {
      // The first one is made apart: others could not see that it is about to be there, and make another.
      await active();
      return insertKey(tx, wrapping);
    },
  };
}

function wrappingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "lectern data keys", KEY_BYTES));
}

/** The id is authenticated: a key that was replaced can't be put in the place of a newer one. */
function additionalData(id: number): Buffer {
  return Buffer.from(`data_key|${id}`, "utf8");
}

function wrap(wrapping: Buffer, id: number, key: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", wrapping, nonce).setAAD(additionalData(id));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** @throws WrongSecret */
function unwrap(wrapping: Buffer, id: number, wrapped: Uint8Array): Buffer {
  const body = Buffer.from(wrapped);
  try {
    const decipher = createDecipheriv("aes-256-gcm", wrapping, body.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(additionalData(id))
      .setAuthTag(body.subarray(-TAG_BYTES));
    const key = decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([key, decipher.final()]);
  } catch (cause) {
    throw new WrongSecret(cause);
  }
}

/** The id comes first, as the key is bound to it. */
const nextKeyId = prepared("keys.nextId", {}, () =>
  rows({ id: int4 }, sql`SELECT nextval(pg_get_serial_sequence('data_key', 'id')) AS id`),
);

async function insertKey(tx: Transaction, wrapping: Buffer): Promise<number> {
  const next = await nextKeyId.first(tx, {});
  if (next === undefined) throw new Error("The database has no id for a new key");
  const { id } = next;
  const wrapped = wrap(wrapping, id, randomBytes(KEY_BYTES));
  await tx.insert(dataKey).overridingSystemValue().values({ id, wrapped });
  return id;
}
