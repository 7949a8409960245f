import { eq, sql } from "drizzle-orm";
import { integer, pgTable, uuid } from "drizzle-orm/pg-core";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { connect, type ConnectOptions } from "../connect.ts";
import { administer } from "../driver/administer.ts";
import {
  CommitOutcomeUnknown,
  DeadlineExceeded,
  findDatabaseError,
  isDatabaseUnavailable,
  isRetryable,
  TransactionEnded,
} from "../errors.ts";
import type { Database, Transaction } from "../queryable.ts";
import { useTestDatabase } from "../testing/database.ts";
import { waitFor } from "../testing/wait-for.ts";
import { transaction } from "../transaction.ts";
import { startImpostor, startProxy } from "./proxy.ts";
import { expectNothingUnhandled, within } from "./unhandled.ts";

/** The same faults as the rest of Lectern meets them: through connect() and transaction(). */

const entry = pgTable("entry", {
  id: uuid("id").primaryKey(),
  amount: integer("amount").notNull(),
});
const total = pgTable("total", {
  id: integer("id").primaryKey(),
  amount: integer("amount").notNull(),
});
const database = useTestDatabase();

expectNothingUnhandled();

beforeAll(async () => {
  await database().db.execute(sql`create table entry (id uuid primary key, amount int not null)`);
  await database().db.execute(sql`create table total (id int primary key, amount int not null)`);
  await database().db.insert(total).values({ id: 1, amount: 0 });
});

beforeEach(async () => {
  await database().db.delete(entry);
  await database().db.update(total).set({ amount: 0 });
});

async function open(url: string, options: Partial<ConnectOptions> = {}): Promise<Database> {
  const db = await connect({
    url,
    poolSize: 3,
    statementTimeoutMs: 1000,
    transactionTimeoutMs: 3000,
    cancelGraceMs: 200,
    connectTimeoutMs: 1000,
    ...options,
  });
  onTestFinished(() => db.close({ timeoutMs: 0 }));
  return db;
}

/** Two writes that must never be seen apart, once for each id. */
async function record(tx: Transaction, id: string) {
  const inserted = await tx
    .insert(entry)
    .values({ id, amount: 1 })
    .onConflictDoNothing()
    .returning({ id: entry.id });
  if (inserted.length > 0)
    await tx
      .update(total)
      .set({ amount: sql`${total.amount} + 1` })
      .where(eq(total.id, 1));
}

async function recorded(): Promise<{ entries: number; total: number | undefined }> {
  const [row] = await database().db.select().from(total);
  return { entries: await database().db.$count(entry), total: row?.amount };
}

async function killBackends(): Promise<number> {
  await using admin = administer(database().adminUrl);
  const killed = await admin.run(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lectern-victim' and datname = current_database()",
  );
  return killed.length;
}

/** A connection that nobody answers hangs for minutes. Deadlines here are far below a second; a busy machine may be late. */
const HANGING_MS = 10_000;

describe("a back end killed in a transaction", () => {
  test("ends it: nothing of it stays, nothing more runs, and the caller hears of the lost connection", async () => {
    const db = await open(database().url, { applicationName: "lectern-victim" });
    const later = Promise.withResolvers<unknown>();
    const failure = await within(
      3000,
      transaction(db, {}, async (tx) => {
        await record(tx, crypto.randomUUID());
        await killBackends();
        await record(tx, crypto.randomUUID()).catch(() => {});
        later.resolve(await tx.delete(total).catch((error: unknown) => error));
      }).catch((error: unknown) => error),
    );
    expect(isRetryable(failure)).toBe(true);
    expect(isDatabaseUnavailable(failure)).toBe(true);
    expect(await later.promise).toBeInstanceOf(TransactionEnded);
    expect(await recorded()).toEqual({ entries: 0, total: 0 });
  });

  test("is tried again where that is harmless, and happens once", async () => {
    const db = await open(database().url, { applicationName: "lectern-victim" });
    let runs = 0;
    const id = crypto.randomUUID();
    await within(
      3000,
      transaction(db, { idempotent: true }, async (tx) => {
        await record(tx, id);
        if (++runs === 1) await killBackends();
        await tx.select().from(total);
      }),
    );
    expect(runs).toBe(2);
    expect(await recorded()).toEqual({ entries: 1, total: 1 });
  });
});

describe("a connection lost during COMMIT", () => {
  test.each([
    ["before", 0],
    ["after", 1],
  ] as const)(
    "%s PostgreSQL got it is said to be unknown, and %i time it happened",
    async (moment, times) => {
      await using proxy = await startProxy(database().url);
      const db = await open(proxy.url);
      proxy.cutAt("commit\0", moment);
      const failure = await within(
        3000,
        transaction(db, {}, (tx) => record(tx, crypto.randomUUID())).catch(
          (error: unknown) => error,
        ),
      );
      expect(failure).toBeInstanceOf(CommitOutcomeUnknown);
      await waitFor(async () => (await recorded()).entries === times);
      expect(await recorded()).toEqual({ entries: times, total: times });
    },
  );

  test.each(["before", "after"] as const)(
    "%s PostgreSQL got it: an idempotent transaction happens once",
    async (moment) => {
      await using proxy = await startProxy(database().url);
      const db = await open(proxy.url);
      const id = crypto.randomUUID();
      proxy.cutAt("commit\0", moment);
      await within(
        3000,
        transaction(db, { idempotent: true }, (tx) => record(tx, id)),
      );
      expect(await recorded()).toEqual({ entries: 1, total: 1 });
    },
  );
});

describe("a network that swallows everything", () => {
  test("costs no statement more than its deadline, and the pool serves as soon as it is back", async () => {
    await using proxy = await startProxy(database().url);
    const faults: string[] = [];
    const db = await open(proxy.url, { onFault: (fault) => faults.push(fault) });
    await Promise.all(Array.from({ length: 3 }, () => db.execute(sql`select pg_sleep(0.05)`)));
    proxy.blackHole();
    const began = performance.now();
    const failures = await Promise.all(
      Array.from({ length: 6 }, () => db.execute(sql`select 1`).catch((error: unknown) => error)),
    );
    expect(performance.now() - began).toBeLessThan(HANGING_MS);
    for (const failure of failures) expect(failure).toBeInstanceOf(DeadlineExceeded);
    await waitFor(() => faults.length === 1, HANGING_MS);
    proxy.restore();
    await waitFor(
      async () =>
        await db.ping().then(
          () => true,
          () => false,
        ),
      HANGING_MS,
    );
  });

  test.each([
    ["between BEGIN and the first statement", DeadlineExceeded],
    ["before a statement", DeadlineExceeded],
    ["before COMMIT", CommitOutcomeUnknown],
  ])("costs no transaction more than its deadline: %s", async (moment, expected) => {
    await using proxy = await startProxy(database().url);
    const db = await open(proxy.url);
    const began = performance.now();
    const failure = await transaction(db, { timeoutMs: 600 }, async (tx) => {
      if (moment.startsWith("between")) {
        proxy.blackHole();
        await new Promise(() => {});
      }
      await tx.select().from(total);
      if (moment.endsWith("statement")) proxy.blackHole();
      await record(tx, crypto.randomUUID());
      proxy.blackHole();
    }).catch((error: unknown) => error);
    expect(performance.now() - began).toBeLessThan(HANGING_MS);
    expect(failure).toBeInstanceOf(expected);
    // The server learns of it too, and lets go of what the transaction had locked.
    proxy.cut();
    proxy.restore();
    await waitFor(
      () =>
        transaction(db, {}, (tx) => record(tx, crypto.randomUUID())).then(
          () => true,
          () => false,
        ),
      3000,
    );
    expect(await recorded()).toEqual({ entries: 1, total: 1 });
  });

  test("costs a BEGIN no more than the transaction's deadline either", async () => {
    await using proxy = await startProxy(database().url);
    const db = await open(proxy.url);
    proxy.blackHole();
    const began = performance.now();
    // The first on the connection that is open, the others on ones that nobody answers.
    const attempts = Array.from({ length: 5 }, () =>
      transaction(db, { timeoutMs: 300 }, (tx) => record(tx, crypto.randomUUID())).catch(
        (error: unknown) => error,
      ),
    );
    for (const failure of await Promise.all(attempts))
      expect(failure).toBeInstanceOf(DeadlineExceeded);
    expect(performance.now() - began).toBeLessThan(HANGING_MS);
  });

  test("does not keep close() waiting", async () => {
    await using proxy = await startProxy(database().url);
    const db = await open(proxy.url);
    await db.ping();
    proxy.blackHole();
    const running = db.execute(sql`select 1`).catch((error: unknown) => error);
    await within(1500, db.close({ timeoutMs: 300 }));
    expect(await within(1500, running)).toBeInstanceOf(Error);
  });
});

test("a server that closes at start-up is a failure to connect, and soon", async () => {
  await using impostor = await startImpostor((socket) => socket.end());
  await expect(within(3000, open(impostor.url))).rejects.toThrow(/Can't connect/);
  expect(impostor.accepted).toBeLessThan(5);
});

test("a server that says nothing at start-up is a failure to connect, at the deadline", async () => {
  await using impostor = await startImpostor(() => {});
  await expect(within(3000, open(impostor.url))).rejects.toThrow(/Can't connect/);
});

test("a statement after close() is refused", async () => {
  const db = await open(database().url);
  await db.close();
  const failure = await within(
    1000,
    db.ping().catch((error: unknown) => error),
  );
  expect(findDatabaseError(failure)?.sqlState).toBe("08003");
});

test("soak: a back end killed every 100 ms for 10 s loses no write, doubles none, tears none apart, and hangs nobody", async () => {
  const db = await open(database().url, {
    applicationName: "lectern-victim",
    poolSize: 10,
    transactionTimeoutMs: 5000,
  });
  const end = performance.now() + 10_000;
  const counts = { committed: 0, failed: 0, unknown: 0, killed: 0 };
  const acknowledged: string[] = [];
  let longest = 0;

  async function work() {
    while (performance.now() < end) {
      const id = crypto.randomUUID();
      const began = performance.now();
      const isIdempotent = Math.random() < 0.5;
      try {
        await transaction(db, { idempotent: isIdempotent }, (tx) => record(tx, id));
        counts.committed++;
        acknowledged.push(id);
      } catch (error) {
        if (error instanceof CommitOutcomeUnknown) counts.unknown++;
        else if (isDatabaseUnavailable(error)) counts.failed++;
        else throw error;
      }
      longest = Math.max(longest, performance.now() - began);
    }
  }

  async function kill() {
    await using admin = administer(database().adminUrl);
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await admin.run(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lectern-victim' and datname = current_database() order by random() limit 1",
      );
      counts.killed++;
    }
  }

  await within(25_000, Promise.all([kill(), ...Array.from({ length: 16 }, work)]));
  const found = new Set(
    (await database().db.select({ id: entry.id }).from(entry)).map(({ id }) => id),
  );
  expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  expect(found.size).toBeGreaterThanOrEqual(counts.committed);
  expect(found.size).toBeLessThanOrEqual(counts.committed + counts.unknown);
  expect(await recorded()).toEqual({ entries: found.size, total: found.size });
  expect(longest).toBeLessThan(5500);
  expect(counts.committed).toBeGreaterThan(500);
  expect(counts.killed).toBeGreaterThan(50);
});
