import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { integer, pgTable, uuid } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../connect.ts";
import { processesIn } from "../embedded/process-identity.ts";
import { type SupervisedServer, superviseEmbeddedServer } from "../embedded/supervise.ts";
import { CommitOutcomeUnknown, isDatabaseUnavailable } from "../errors.ts";
import type { Database, Transaction } from "../queryable.ts";
import { waitFor } from "../testing/wait-for.ts";
import { transaction } from "../transaction.ts";
import { expectNothingUnhandled } from "./unhandled.ts";

/** The embedded server dies or stops while it works for a full load; everything is durable, as in production. */

const seat = pgTable("seat", { id: uuid("id").primaryKey() });
const taken = pgTable("taken", {
  id: integer("id").primaryKey(),
  count: integer("count").notNull(),
});

let parent: string;
let server: SupervisedServer;
let db: Database;

expectNothingUnhandled();

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "lectern-crash-"));
  server = await superviseEmbeddedServer({ directory: join(parent, "postgres") });
  db = await connect({ url: server.url, applicationName: "lectern-crash" });
  await db.execute(sql`create table seat (id uuid primary key)`);
  await db.execute(sql`create table taken (id int primary key, count int not null)`);
  await db.insert(taken).values(Array.from({ length: 8 }, (_, id) => ({ id, count: 0 })));
});

afterAll(async () => {
  await db.close();
  await server.stop();
  await rm(parent, { recursive: true, force: true });
});

/** Takes a seat once, however often it runs: the seat's id is the idempotency key. */
async function take(tx: Transaction, id: string, row: number) {
  const inserted = await tx
    .insert(seat)
    .values({ id })
    .onConflictDoNothing()
    .returning({ id: seat.id });
  if (inserted.length > 0)
    await tx
      .update(taken)
      .set({ count: sql`${taken.count} + 1` })
      .where(eq(taken.id, row));
}

interface Load {
  readonly acknowledged: string[];
  /** Of transactions that are not idempotent: their callers were told that nobody knows. */
  readonly unknown: string[];
  readonly surprises: unknown[];
  /** Longest transaction in milliseconds, answers that are errors included. */
  readonly longestMs: number;
  /** When a transaction last succeeded, on the clock of performance.now(). */
  readonly successes: number[];
}

async function work(durationMs: number, workers: number): Promise<Load> {
  const end = performance.now() + durationMs;
  const load = {
    acknowledged: new Array<string>(),
    unknown: new Array<string>(),
    surprises: new Array<unknown>(),
    longestMs: 0,
    successes: new Array<number>(),
  };
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      while (performance.now() < end) {
        const id = crypto.randomUUID();
        const began = performance.now();
        try {
          await transaction(db, { idempotent: worker % 2 === 0 }, (tx) => take(tx, id, worker % 8));
          load.acknowledged.push(id);
          load.successes.push(performance.now());
        } catch (error) {
          if (error instanceof CommitOutcomeUnknown) load.unknown.push(id);
          else if (!isDatabaseUnavailable(error)) load.surprises.push(error);
          // As a client would, that was told to come again.
          await sleep(20);
        }
        load.longestMs = Math.max(load.longestMs, performance.now() - began);
      }
    }),
  );
  return load;
}

async function expectNothingLostOrTorn({ acknowledged, surprises }: Load) {
  expect(surprises).toEqual([]);
  const seats = new Set((await db.select().from(seat)).map(({ id }) => id));
  expect(acknowledged.filter((id) => !seats.has(id))).toEqual([]);
  const [sum] = await db.select({ count: sql`sum(${taken.count})`.mapWith(Number) }).from(taken);
  expect(sum?.count).toBe(seats.size);
}

test("kill -9 of PostgreSQL under load: back while the load goes on, nothing acknowledged lost, nothing torn", async () => {
  for (let round = 0; round < 3; round++) {
    const working = work(5000, 16);
    await sleep(1000);
    const data = await realpath(join(parent, "postgres", "data"));
    const [pid] = (await readFile(join(data, "postmaster.pid"), "utf8")).split("\n");
    process.kill(Number(pid), "SIGKILL");
    const killed = performance.now();
    const load = await working;
    const back = load.successes.find((at) => at > killed + 50) ?? Infinity;
    expect(back).toBeLessThan(Infinity);
    expect(load.longestMs).toBeLessThan(15_000);
    await expectNothingLostOrTorn(load);
  }
}, 90_000);

test("PostgreSQL stopped for longer than the deadlines: no transaction waits for it, and it serves at once when it goes on", async () => {
  const brief = await connect({
    url: server.url,
    poolSize: 10,
    statementTimeoutMs: 1000,
    transactionTimeoutMs: 1500,
    cancelGraceMs: 200,
    connectTimeoutMs: 1000,
  });
  const patient = db;
  db = brief;
  try {
    const data = await realpath(join(parent, "postgres", "data"));
    const working = work(7000, 16);
    await sleep(1000);
    for (const pid of await processesIn(data)) process.kill(pid, "SIGSTOP");
    await sleep(3000);
    for (const pid of await processesIn(data)) process.kill(pid, "SIGCONT");
    const resumed = performance.now();
    const load = await working;
    const back = load.successes.find((at) => at > resumed) ?? Infinity;
    expect(back).toBeLessThan(Infinity);
    // PostgreSQL stood still for three seconds: nobody waited that long.
    expect(load.longestMs).toBeLessThan(3000);
    // What was given up while PostgreSQL stood still may still be rolled back: then the sums agree.
    await waitFor(
      async () =>
        (
          await db.execute(
            sql`select from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid() and application_name = 'lectern'`,
          )
        ).count === 0,
    );
    await expectNothingLostOrTorn(load);
  } finally {
    db = patient;
    await brief.close();
  }
}, 60_000);
