import { useTestDatabase } from "@lectern/database/testing/database";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { listDeadJobs } from "./dead-jobs.ts";
import { ensureQueues } from "./ensure-queues.ts";
import { handle } from "./handler.ts";
import { defineQueue } from "./queue.ts";
import { findStrandedOutbox, relayOutbox } from "./relay-outbox.ts";
import { startProgram } from "./testing/programs.ts";
import { eventually, runWorker } from "./testing/worker.ts";

const database = useTestDatabase();

async function newQueue() {
  const queue = defineQueue(
    `test.${crypto.randomUUID()}`.slice(0, 40),
    z.object({ n: z.int(), of: z.string().optional() }),
  );
  await ensureQueues(database().db, [queue]);
  return queue;
}

async function put(queue: string, data: object, due = "0 seconds"): Promise<string> {
  const id = crypto.randomUUID();
  await database().db.execute(
    sql`insert into outbox (id, queue, data, due_at) values (${id}, ${queue}, ${JSON.stringify(data)}::jsonb, now() + ${due}::interval)`,
  );
  return id;
}

async function jobsOf(queue: string) {
  const { rows } = await database().db.execute<{ id: string; data: unknown }>(
    sql`select id, data from pgboss.job where name = ${queue} order by data::text`,
  );
  return rows;
}

async function rowsLeft(queue: string): Promise<number> {
  const { rows } = await database().db.execute<{ count: number }>(
    sql`select count(*)::int as count from outbox where queue = ${queue}`,
  );
  return rows[0]?.count ?? 0;
}

describe("the relay of the outbox", () => {
  it("makes a job of each row that is due, under its id, and leaves the others", async () => {
    const { db } = database();
    const queue = await newQueue();
    const first = await put(queue.name, { n: 1 });
    const second = await put(queue.name, { n: 2 });
    await put(queue.name, { n: 3 }, "1 hour");
    expect([...(await relayOutbox(db))]).toEqual([queue.name]);
    expect(await jobsOf(queue.name)).toEqual([
      { id: first, data: { n: 1 } },
      { id: second, data: { n: 2 } },
    ]);
    expect(await rowsLeft(queue.name)).toBe(1);
    expect([...(await relayOutbox(db))]).toEqual([]);
  });

  it("makes one job of rows that say the same, however they say it", async () => {
    const { db } = database();
    const queue = await newQueue();
    await put(queue.name, { n: 1, of: "a" });
    await put(queue.name, { of: "a", n: 1 });
    await put(queue.name, { n: 1, of: "b" });
    await relayOutbox(db);
    expect((await jobsOf(queue.name)).map(({ data }) => data)).toEqual([
      { n: 1, of: "a" },
      { n: 1, of: "b" },
    ]);
    expect(await rowsLeft(queue.name)).toBe(0);
  });

  it("lets rows of a queue that nobody has made stay until somebody does, and names it", async () => {
    const { db } = database();
    const name = `test.${crypto.randomUUID()}`.slice(0, 40);
    const id = await put(name, { n: 1 });
    expect([...(await relayOutbox(db))]).toEqual([]);
    expect(await findStrandedOutbox(db)).toContainEqual({ queue: name, rows: 1 });
    await ensureQueues(db, [defineQueue(name, z.object({ n: z.int() }))]);
    expect([...(await relayOutbox(db))]).toEqual([name]);
    expect(await jobsOf(name)).toMatchObject([{ id }]);
    expect(await findStrandedOutbox(db)).not.toContainEqual({ queue: name, rows: 1 });
  });

  it("hands on even what is no job at all: its queue refuses it, and nothing is held up", async () => {
    const { db } = database();
    const queue = await newQueue();
    await put(queue.name, ["not", "an", "object"]);
    await put(queue.name, { n: 1 });
    const ran: number[] = [];
    const handler = handle(queue, ({ n }) => {
      ran.push(n);
      return Promise.resolve();
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    await eventually(() => ran.length === 1);
    await eventually(async () => (await listDeadJobs(db, { limit: 10, after: null })).length === 1);
    expect(await listDeadJobs(db, { limit: 10, after: null })).toMatchObject([
      { queue: queue.name, data: '["not", "an", "object"]' },
    ]);
  });

  it("is done by every worker: what is due is run", async () => {
    const { db } = database();
    const queue = await newQueue();
    const ran: number[] = [];
    const handler = handle(queue, ({ n }) => {
      ran.push(n);
      return Promise.resolve();
    });
    await using _first = await runWorker(db, { handlers: [handler] });
    await using _second = await runWorker(db, { handlers: [handler] });
    await Promise.all([1, 2, 3, 4, 5].map((n) => put(queue.name, { n })));
    await eventually(() => ran.length >= 5);
    expect(ran.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  });

  it(
    "loses nothing and doubles nothing when it is killed again and again",
    { timeout: 60_000 },
    async () => {
      const { db, url } = database();
      const queue = await newQueue();
      const count = 2500;
      let kills = 0;
      await db.execute(
        sql`insert into outbox (id, queue, data, due_at) select gen_random_uuid(), ${queue.name}, jsonb_build_object('n', n), now() from generate_series(1, ${count}::int) n`,
      );
      const expected = await db.execute<{ id: string }>(
        sql`select id from outbox where queue = ${queue.name} order by id`,
      );
      while ((await rowsLeft(queue.name)) > 0) {
        const before = await rowsLeft(queue.name);
        await using relay = startProgram("relay-again-and-again", url);
        // In the middle of a transaction more often than not: one after the other is all that it does.
        await eventually(async () => (await rowsLeft(queue.name)) < before);
        await relay.kill();
        kills += 1;
      }
      const { rows } = await db.execute<{ id: string }>(
        sql`select id from pgboss.job where name = ${queue.name} order by id`,
      );
      expect(rows.length).toBe(count);
      expect(rows).toEqual(expected.rows);
      expect(kills).toBeGreaterThan(3);
    },
  );
});
