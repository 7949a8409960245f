import { eq, sql } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterEach, beforeAll, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { connect } from "./connect.ts";
import { administer } from "./driver/administer.ts";
import {
  DeadlineExceeded,
  findDatabaseError,
  StatementAborted,
  StatementFailed,
  TransactionEnded,
} from "./errors.ts";
import { type Database, type Queryable, type Transaction, withSignal } from "./queryable.ts";
import { useTestDatabase } from "./testing/database.ts";
import { waitFor } from "./testing/wait-for.ts";
import { savepoint, transaction } from "./transaction.ts";

const account = pgTable("account", {
  name: text("name").primaryKey(),
  balance: integer("balance").notNull(),
});
const database = useTestDatabase();

beforeAll(async () => {
  await database().db.execute(
    sql`create table account (name text primary key, balance int not null check (balance >= 0),
      shadow int, constraint shadow_unique unique (shadow) deferrable initially deferred)`,
  );
});

beforeEach(async () => {
  await database().db.delete(account);
  await database()
    .db.insert(account)
    .values([
      { name: "a", balance: 10 },
      { name: "b", balance: 0 },
    ]);
});

async function balances(): Promise<Record<string, number>> {
  const rows = await database().db.select().from(account).orderBy(account.name);
  return Object.fromEntries(rows.map(({ name, balance }) => [name, balance]));
}

async function move(tx: Transaction, amount: number) {
  await tx
    .update(account)
    .set({ balance: sql`${account.balance} + ${amount}` })
    .where(eq(account.name, "b"));
  await tx
    .update(account)
    .set({ balance: sql`${account.balance} - ${amount}` })
    .where(eq(account.name, "a"));
}

test("what must be atomic can't be given the pool, nor the pool's place a transaction", () => {
  expectTypeOf<Database>().not.toExtend<Transaction>();
  expectTypeOf<Transaction>().not.toExtend<Database>();
  expectTypeOf<Database>().toExtend<Queryable>();
  expectTypeOf<Transaction>().toExtend<Queryable>();
});

test("it commits what the function did, and answers what it answered", async () => {
  const answer = await transaction(database().db, {}, async (tx) => {
    await move(tx, 4);
    return [1, Promise.resolve(2)];
  });
  expect(answer).toEqual([1, Promise.resolve(2)]);
  expect(await balances()).toEqual({ a: 6, b: 4 });
});

test("it rolls back when the function rejects, and passes on the very error", async () => {
  class SoldOut extends Error {}
  const error = new SoldOut("no");
  const failure = transaction(database().db, { idempotent: true }, async (tx) => {
    await move(tx, 4);
    throw error;
  });
  await expect(failure).rejects.toBe(error);
  expect(await balances()).toEqual({ a: 10, b: 0 });
});

test("a constraint that refuses a statement is named, and everything is undone", async () => {
  const failure = await transaction(database().db, {}, (tx) => move(tx, 11)).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(StatementFailed);
  expect(findDatabaseError(failure)).toMatchObject({
    sqlState: "23514",
    constraint: "account_balance_check",
    table: "account",
  });
  expect(await balances()).toEqual({ a: 10, b: 0 });
});

test("a constraint that refuses the commit is told as such", async () => {
  const failure = await transaction(database().db, {}, async (tx) => {
    await tx.execute(sql`update account set shadow = 1`);
  }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StatementFailed);
  expect(findDatabaseError(failure)).toMatchObject({
    sqlState: "23505",
    constraint: "shadow_unique",
  });
});

test("an error that the function swallows does not commit the rest", async () => {
  const failure = transaction(database().db, {}, async (tx) => {
    await move(tx, 1);
    await tx.execute(sql`select 1 / 0`).catch(() => {});
    return "fine";
  });
  await expect(failure).rejects.toThrow(/division by zero/);
  expect(await balances()).toEqual({ a: 10, b: 0 });
});

test("a savepoint fails by itself, and nests", async () => {
  await transaction(database().db, {}, async (tx) => {
    await expect(savepoint(tx, (inner) => move(inner, 100))).rejects.toThrow(StatementFailed);
    await savepoint(tx, async (inner) => {
      await move(inner, 2);
      await expect(
        savepoint(inner, async (innermost) => {
          await move(innermost, 3);
          throw new RangeError("changed my mind");
        }),
      ).rejects.toThrow(RangeError);
    });
  });
  expect(await balances()).toEqual({ a: 8, b: 2 });
});

test("a transaction that has ended runs nothing any more", async () => {
  let leaked: Transaction | undefined;
  await transaction(database().db, {}, (tx) => {
    leaked = tx;
    return Promise.resolve();
  });
  if (!leaked) throw new TypeError("There was no transaction");
  await expect(leaked.delete(account)).rejects.toThrow(TransactionEnded);
  await expect(savepoint(leaked, async () => {})).rejects.toThrow(TransactionEnded);
  expect(await balances()).toEqual({ a: 10, b: 0 });
});

test("isolation level and read-only are the server's, READ COMMITTED without them", async () => {
  const levelOf = (tx: Transaction) =>
    tx.execute<{ level: string; readonly: string }>(
      sql`select current_setting('transaction_isolation') as level, current_setting('transaction_read_only') as readonly`,
    );
  expect((await transaction(database().db, {}, levelOf)).rows).toEqual([
    { level: "read committed", readonly: "off" },
  ]);
  const options = { isolationLevel: "serializable", readOnly: true } as const;
  expect((await transaction(database().db, options, levelOf)).rows).toEqual([
    { level: "serializable", readonly: "on" },
  ]);
  await expect(transaction(database().db, options, (tx) => move(tx, 1))).rejects.toThrow(
    /read-only/,
  );
});

/** How long the statements that are given up would take: less is proof enough, on any machine. */
const STATEMENT_MS = 30_000;

describe("retries", () => {
  /** Two of these at once conflict under SERIALIZABLE: each reads what the other writes. */
  async function conflict(idempotent: boolean) {
    let started = 0;
    const bothStarted = Promise.withResolvers<void>();
    const runs = [0, 0];
    const outcomes = await Promise.allSettled(
      ["a", "b"].map((name, index) =>
        transaction(database().db, { isolationLevel: "serializable", idempotent }, async (tx) => {
          runs[index] = (runs[index] ?? 0) + 1;
          await tx.select().from(account);
          if (++started === 2) bothStarted.resolve();
          await bothStarted.promise;
          await tx.update(account).set({ balance: 7 }).where(eq(account.name, name));
        }),
      ),
    );
    return { outcomes, runs: runs.reduce((sum, count) => sum + count, 0) };
  }

  test("a serialisation failure is tried again where that is harmless", async () => {
    const { outcomes, runs } = await conflict(true);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    expect(runs).toBe(3);
    expect(await balances()).toEqual({ a: 7, b: 7 });
  });

  test("and nowhere else", async () => {
    const { outcomes, runs } = await conflict(false);
    expect(runs).toBe(2);
    const failed = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(failed).toHaveLength(1);
    expect(findDatabaseError(failed[0]?.reason)?.sqlState).toBe("40001");
  });

  test("other failures are final, idempotent or not", async () => {
    const run = vi.fn<(tx: Transaction) => Promise<void>>((tx) => move(tx, 11));
    await expect(transaction(database().db, { idempotent: true }, run)).rejects.toThrow(
      StatementFailed,
    );
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("a server that takes no writes any more is left for new connections, which may lead to its successor", async () => {
    const faults: string[] = [];
    const db = await connect({ url: database().url, onFault: (fault) => faults.push(fault) });
    const pids: unknown[] = [];
    await transaction(db, { idempotent: true }, async (tx) => {
      pids.push((await tx.execute(sql`select pg_backend_pid() as pid`)).rows[0]?.["pid"]);
      if (pids.length === 1) await tx.execute(sql`set transaction read only`);
      await move(tx, 1);
    });
    expect(await balances()).toEqual({ a: 9, b: 1 });
    expect(faults).toEqual(["server read-only"]);
    expect(pids[1]).not.toBe(pids[0]);
    await db.close();
  });

  test("they end with the deadline", async () => {
    const run = vi.fn<(tx: Transaction) => Promise<void>>(async (tx) => {
      await tx.execute(sql`do $$ begin raise exception using errcode = '40001'; end $$`);
    });
    // With what the last attempt ended with, or with the deadline where it came during an attempt.
    await expect(
      transaction(database().db, { idempotent: true, timeoutMs: 300 }, run),
    ).rejects.toSatisfy(
      (error) => error instanceof StatementFailed || error instanceof DeadlineExceeded,
    );
    expect(run.mock.calls.length).toBeGreaterThan(1);
    // Without the deadline it would be ten, with pauses that grow far beyond it.
    expect(run.mock.calls.length).toBeLessThan(10);
  });
});

describe("deadlines and signals", () => {
  let db: Database;
  const faults: string[] = [];

  beforeEach(async () => {
    faults.length = 0;
    db = await connect({
      url: database().url,
      poolSize: 2,
      statementTimeoutMs: 3000,
      transactionTimeoutMs: 3000,
      onFault: (fault) => faults.push(fault),
    });
  });

  afterEach(async () => {
    await db.close();
  });

  test("a statement past its deadline is given up, and cancelled in PostgreSQL", async () => {
    const began = performance.now();
    await expect(
      transaction(db, { timeoutMs: 200 }, (tx) => tx.execute(sql`select pg_sleep(30)`)),
    ).rejects.toThrow(DeadlineExceeded);
    expect(performance.now() - began).toBeLessThan(STATEMENT_MS);
    await waitFor(async () => (await sleepers()) === 0);
  });

  test("the server's own statement time-out counts as the deadline", async () => {
    const slow = await connect({ url: database().url, poolSize: 1, statementTimeoutMs: 300 });
    await expect(slow.execute(sql`select pg_sleep(30)`)).rejects.toThrow(DeadlineExceeded);
    await slow.close();
  });

  test("a function that never settles loses its transaction, its locks and its connection at the deadline", async () => {
    const holding = transaction(db, { timeoutMs: 200 }, async (tx) => {
      await tx.update(account).set({ balance: 5 }).where(eq(account.name, "a"));
      await new Promise(() => {});
    });
    await expect(holding).rejects.toThrow(DeadlineExceeded);
    // Waits for the lock, if it is still held.
    await db.update(account).set({ balance: 6 }).where(eq(account.name, "a"));
    expect(await balances()).toEqual({ a: 6, b: 0 });
    await expect(transaction(db, {}, (tx) => move(tx, 1))).resolves.toBeUndefined();
    // It was rolled back in order: its connection serves on.
    expect(faults).toEqual([]);
  });

  test("waiting for a free connection counts too, and nothing is left behind", async () => {
    const release = Promise.withResolvers<void>();
    const holders = [1, 2].map(() => transaction(db, {}, () => release.promise));
    const run = vi.fn<() => Promise<void>>(async () => {});
    await expect(transaction(db, { timeoutMs: 100 }, run)).rejects.toThrow(DeadlineExceeded);
    await expect(db.ping({ timeoutMs: 100 })).rejects.toThrow(DeadlineExceeded);
    release.resolve();
    await Promise.all(holders);
    expect(run).not.toHaveBeenCalled();
    expect((await db.execute(sql`select 1`)).count).toBe(1);
  });

  test("a statement longer than the connection allows runs where the transaction says so", async () => {
    const brief = await connect({ url: database().url, poolSize: 1, statementTimeoutMs: 100 });
    const options = { timeoutMs: 5000, statementTimeoutMs: 5000 };
    await expect(
      transaction(brief, options, (tx) => tx.execute(sql`select pg_sleep(0.3)`)),
    ).resolves.toMatchObject({ count: 1 });
    await expect(brief.execute(sql`select pg_sleep(0.3)`)).rejects.toThrow(DeadlineExceeded);
    await brief.close();
  });

  test.each([
    [
      "a statement",
      (signal: AbortSignal) => withSignal(db, signal).execute(sql`select pg_sleep(30)`),
    ],
    [
      "a transaction's statement",
      (signal: AbortSignal) =>
        transaction(db, { signal }, (tx) => tx.execute(sql`select pg_sleep(30)`)),
    ],
    [
      "a transaction of a handle with the signal",
      (signal: AbortSignal) =>
        transaction(withSignal(db, signal), {}, (tx) => tx.execute(sql`select pg_sleep(30)`)),
    ],
  ])("aborting takes %s out of PostgreSQL", async (_, run) => {
    const controller = new AbortController();
    const running = run(controller.signal);
    const outcome = running.catch((error: unknown) => error);
    await waitFor(async () => (await sleepers()) === 1);
    controller.abort(new Error("the visitor left"));
    expect(await outcome).toBeInstanceOf(StatementAborted);
    await waitFor(async () => (await sleepers()) === 0);
    expect((await db.execute(sql`select 1`)).count).toBe(1);
  });

  test("a signal that has fired already runs nothing", async () => {
    const run = vi.fn<() => Promise<void>>(async () => {});
    const signal = AbortSignal.abort();
    await expect(transaction(db, { signal }, run)).rejects.toThrow(StatementAborted);
    await expect(withSignal(db, signal).delete(account)).rejects.toThrow(StatementAborted);
    expect(run).not.toHaveBeenCalled();
    expect(await balances()).toEqual({ a: 10, b: 0 });
  });

  test("a cancellation never hits the statement after it", async () => {
    const single = await connect({ url: database().url, poolSize: 1 });
    for (let round = 0; round < 100; round++) {
      const controller = new AbortController();
      // Ends at about the time of its cancellation: before, during or after.
      const first = withSignal(single, controller.signal).execute(
        sql`select pg_sleep(${(round % 10) / 10_000})`,
      );
      setTimeout(() => controller.abort(), round % 3);
      const second = single.execute(sql`select pg_sleep(0.003)`);
      await Promise.allSettled([first]);
      await expect(second).resolves.toMatchObject({ count: 1 });
    }
    await single.close();
  });

  async function sleepers(): Promise<number> {
    await using admin = administer(database().adminUrl);
    const found = await admin.run(
      "select from pg_stat_activity where state = 'active' and query like '%pg_sleep(30)%' and pid <> pg_backend_pid() and datname = current_database()",
    );
    return found.length;
  }
});
