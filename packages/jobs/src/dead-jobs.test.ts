import { transaction } from "@lectern/database/transaction";
import { useTestDatabase } from "@lectern/database/testing/database";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type DeadJob,
  discardDeadJob,
  forgetRepeatedDeaths,
  listDeadJobs,
  retryDeadJob,
} from "./dead-jobs.ts";
import { handle } from "./handler.ts";
import { defineQueue, type Queue, type QueueOptions } from "./queue.ts";
import { queueStatistics } from "./queue-statistics.ts";
import { eventually, runWorker, write } from "./testing/worker.ts";

const database = useTestDatabase();

function newQueue(options: QueueOptions = {}) {
  return defineQueue(`test.${crypto.randomUUID()}`.slice(0, 40), z.object({ n: z.int() }), {
    retryLimit: 0,
    ...options,
  });
}

async function deadOf(queue: Queue): Promise<DeadJob[]> {
  const dead = await listDeadJobs(database().db, { limit: 1000, after: null });
  return dead.filter((job) => job.queue === queue.name);
}

/** Writes jobs that fail for good. */
async function makeDead(queue: ReturnType<typeof newQueue>, count = 1): Promise<DeadJob[]> {
  const { db } = database();
  const handler = handle(queue, () => Promise.reject(new Error("no")));
  await using _worker = await runWorker(db, { handlers: [handler] });
  for (let n = 0; n < count; n++) await write(db, queue, { n });
  await eventually(async () => (await deadOf(queue)).length === count);
  return await deadOf(queue);
}

function retry(id: string) {
  return transaction(database().db, {}, (tx) => retryDeadJob(tx, id));
}

describe("dead jobs", () => {
  it("are run again under their own id, with all attempts before them", async () => {
    const { db } = database();
    const queue = newQueue({ retryLimit: 1, retryDelaySeconds: 0, retryDelayMaxSeconds: 0 });
    const [dead] = await makeDead(queue);
    expect(dead).toMatchObject({ attempts: 2, error: "no", data: '{"n": 0}' });
    const { id = "", jobId } = dead ?? {};
    expect(await retry(id)).toEqual({ jobId, queue: queue.name, isWaiting: true });
    expect(await deadOf(queue)).toEqual([]);

    const runs: { id: string; attempt: number; n: number }[] = [];
    const handler = handle(queue, ({ n }, job) => {
      runs.push({ id: job.id, attempt: job.attempt, n });
      return job.attempt === 1 ? Promise.reject(new Error("once more")) : Promise.resolve();
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    await eventually(() => runs.length === 2);
    expect(runs).toEqual([
      { id: jobId, attempt: 1, n: 0 },
      { id: jobId, attempt: 2, n: 0 },
    ]);
  });

  it("can die again, and be run again", async () => {
    const queue = newQueue();
    const [first] = await makeDead(queue);
    await retry(first?.id ?? "");
    const handler = handle(queue, () => Promise.reject(new Error("again")));
    await using _worker = await runWorker(database().db, { handlers: [handler] });
    await eventually(async () => (await deadOf(queue)).length === 1);
    const [second] = await deadOf(queue);
    expect(second).toMatchObject({ jobId: first?.jobId, error: "again" });
    expect(second?.id).not.toBe(first?.id);
  });

  it("are run again once, whoever asks", async () => {
    const queue = newQueue();
    const [dead] = await makeDead(queue);
    const answers = await Promise.all([1, 2, 3].map(() => retry(dead?.id ?? "")));
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1);
    const { rows } = await database().db.execute(
      sql`select from pgboss.job where name = ${queue.name}`,
    );
    expect(rows).toHaveLength(1);
  });

  it("stay as they are when the transaction that takes them rolls back", async () => {
    const queue = newQueue();
    const [dead] = await makeDead(queue);
    await expect(
      transaction(database().db, {}, async (tx) => {
        await retryDeadJob(tx, dead?.id ?? "");
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await deadOf(queue)).toEqual([dead]);
  });

  it("are not run again where one that they would repeat waits already", async () => {
    const queue = newQueue({ policy: "short" });
    const [dead] = await makeDead(queue);
    await write(database().db, queue, { n: 9 });
    expect(await retry(dead?.id ?? "")).toMatchObject({ isWaiting: false });
    expect(await deadOf(queue)).toEqual([]);
  });

  it("of a sweep are one: the latest of those that say the same", async () => {
    const { db } = database();
    const sweep = newQueue({ policy: "stately" });
    const handler = handle(sweep, () => Promise.reject(new Error("no")));
    await using _worker = await runWorker(db, { handlers: [handler] });
    for (const n of [1, 2, 2, 2]) {
      const before = (await deadOf(sweep)).length;
      await write(db, sweep, { n });
      await eventually(async () => (await deadOf(sweep)).length > before);
    }
    const other = newQueue();
    const others = await makeDead(other, 2);
    const [latest, , , first] = await deadOf(sweep);
    await forgetRepeatedDeaths(db);
    expect(await deadOf(sweep)).toEqual([latest, first]);
    expect(await deadOf(other)).toEqual(others);
  });

  it("are gone when they are discarded", async () => {
    const { db } = database();
    const queue = newQueue();
    const [dead] = await makeDead(queue);
    const discard = () => transaction(db, {}, (tx) => discardDeadJob(tx, dead?.id ?? ""));
    expect(await discard()).toMatchObject({ jobId: dead?.jobId, queue: queue.name });
    expect(await discard()).toBe(undefined);
    expect(await deadOf(queue)).toEqual([]);
  });

  it("are listed a page at a time, the latest first, each once", async () => {
    const { db } = database();
    const queue = newQueue();
    const all = await makeDead(queue, 7);
    const seen: DeadJob[] = [];
    let after: { failedAt: Temporal.Instant; id: string } | null = null;
    for (;;) {
      const page: DeadJob[] = await listDeadJobs(db, { limit: 2, after });
      if (page.length === 0) break;
      seen.push(...page);
      after = page.at(-1) ?? null;
    }
    const ours = seen.filter((job) => job.queue === queue.name);
    expect(ours).toEqual(all);
    const times = ours.map(({ failedAt }) => failedAt.epochNanoseconds);
    expect(times).toEqual(times.toSorted((a, b) => (a < b ? 1 : -1)));
  });
});

describe("statistics", () => {
  it("count what waits, runs, comes later and is dead", async () => {
    const { db } = database();
    const queue = newQueue();
    await makeDead(queue, 2);
    const started = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const handler = handle(queue, async () => {
      started.resolve();
      await release.promise;
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    await write(db, queue, { n: 1 });
    await started.promise;
    for (const n of [2, 3, 4]) await write(db, queue, { n });
    await write(db, queue, { n: 5 }, { startAfter: new Date(Date.now() + 3.6e6) });
    const found = (await queueStatistics(db)).find((row) => row.queue === queue.name);
    expect(found).toMatchObject({ waiting: 3, later: 1, running: 1, dead: 2 });
    expect(Math.abs((found?.waitingSince?.getTime() ?? 0) - Date.now())).toBeLessThan(10_000);
    release.resolve();
  });
});
