import { useTestDatabase } from "@lectern/database/testing/database";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { handle, JobHopeless } from "./handler.ts";
import { listDeadJobs } from "./dead-jobs.ts";
import { defineQueue, type QueueOptions } from "./queue.ts";
import { eventually, runWorker, write } from "./testing/worker.ts";
import { startWorker } from "./worker.ts";

const database = useTestDatabase({ poolSize: 20 });

const Numbered = z.object({ n: z.int() });

function newQueue(options: QueueOptions = {}) {
  return defineQueue(`test.${crypto.randomUUID()}`.slice(0, 40), Numbered, {
    retryDelaySeconds: 0,
    retryDelayMaxSeconds: 0,
    ...options,
  });
}

async function stateOf(id: string | null): Promise<string | undefined> {
  const { rows } = await database().db.execute<{ state: string }>(
    sql`select state from pgboss.job where id = ${id} and name <> 'dead'`,
  );
  return rows[0]?.state;
}

async function isDone(id: string | null): Promise<boolean> {
  return (await stateOf(id)) === "completed";
}

describe("a worker", () => {
  it("runs a job once, with its data, and soon", async () => {
    const { db } = database();
    const queue = newQueue();
    const runs: { n: number; at: number; id: string; attempt: number }[] = [];
    const handler = handle(queue, ({ n }, { id, attempt }) => {
      runs.push({ n, at: performance.now(), id, attempt });
      return Promise.resolve();
    });
    await using _worker = await runWorker(db, {
      handlers: [handler],
      pollingIntervalSeconds: undefined,
    });
    const writtenAt = performance.now();
    const id = await write(db, queue, { n: 7 });
    await eventually(() => isDone(id));
    expect(runs).toMatchObject([{ n: 7, id, attempt: 1 }]);
    expect((runs[0]?.at ?? Infinity) - writtenAt).toBeLessThan(1000);
  });

  it("looks at once when it is woken", async () => {
    const { db } = database();
    const queue = newQueue();
    const handler = handle(queue, async () => {});
    await using worker = await runWorker(db, {
      handlers: [handler],
      pollingIntervalSeconds: 3600,
    });
    const id = await write(db, queue, { n: 1 });
    worker.wake();
    await eventually(() => isDone(id));
    expect(await stateOf(id)).toBe("completed");
  });

  it("shares the jobs with other workers: each is run by one", async () => {
    const { db } = database();
    const queue = newQueue({ concurrency: 2 });
    const ran: number[] = [];
    const handler = handle(queue, ({ n }) => {
      ran.push(n);
      return Promise.resolve();
    });
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    await using _first = await runWorker(db, { handlers: [handler] });
    await using _second = await runWorker(db, { handlers: [handler] });
    await Promise.all(numbers.map((n) => write(db, queue, { n })));
    await eventually(() => ran.length >= numbers.length);
    expect(ran.toSorted((a, b) => a - b)).toEqual(numbers);
  });

  it("runs as many jobs of a queue at once as the queue says", async () => {
    const { db } = database();
    const queue = newQueue({ concurrency: 3 });
    const release = Promise.withResolvers<void>();
    let running = 0;
    const handler = handle(queue, async () => {
      running += 1;
      await release.promise;
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    const ids = await Promise.all([1, 2, 3, 4].map((n) => write(db, queue, { n })));
    await eventually(() => running === 3);
    release.resolve();
    await eventually(async () => (await Promise.all(ids.map(isDone))).every(Boolean));
    expect(running).toBe(4);
  });

  it("leaves a job alone until its time has come", async () => {
    const { db } = database();
    const queue = newQueue();
    await using _worker = await runWorker(db, { handlers: [handle(queue, async () => {})] });
    const later = await write(db, queue, { n: 1 }, { startAfter: new Date(Date.now() + 3.6e6) });
    const now = await write(db, queue, { n: 2 });
    await eventually(() => isDone(now));
    expect(await stateOf(later)).toBe("created");
    await db.execute(sql`update pgboss.job set start_after = now() where id = ${later}`);
    await eventually(() => isDone(later));
  });

  it("refuses two handlers for one queue", async () => {
    const handler = handle(newQueue(), async () => {});
    await expect(runWorker(database().db, { handlers: [handler, handler] })).rejects.toThrow(
      TypeError,
    );
  });

  it("does not start on a schema that is not its library's", async () => {
    const { db } = database();
    await db.execute(sql`update pgboss.version set version = version + 1`);
    try {
      await expect(runWorker(db, {})).rejects.toThrow(/requires migrations/);
    } finally {
      await db.execute(sql`update pgboss.version set version = version - 1`);
    }
  });
});

describe("a job that fails", () => {
  it("is tried again until it succeeds", async () => {
    const { db } = database();
    const queue = newQueue();
    const attempts: number[] = [];
    const handler = handle(queue, (_data, { attempt }) => {
      attempts.push(attempt);
      return attempt < 3 ? Promise.reject(new Error("not yet")) : Promise.resolve();
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    const id = await write(db, queue, { n: 1 });
    await eventually(() => isDone(id));
    expect(attempts).toEqual([1, 2, 3]);
  });

  it("waits about twice as long before each further try", async () => {
    const { db } = database();
    const queue = newQueue({ retryDelaySeconds: 100, retryDelayMaxSeconds: 1000, retryLimit: 9 });
    const handler = handle(queue, () => Promise.reject(new Error("no")));
    await using _worker = await runWorker(db, { handlers: [handler] });
    const id = await write(db, queue, { n: 1 });
    const waits: number[] = [];
    while (waits.length < 5) {
      await eventually(async () => (await stateOf(id)) === "retry");
      const { rows } = await db.execute<{ wait: string }>(
        sql`select extract(epoch from start_after - now()) as wait from pgboss.job where id = ${id}`,
      );
      waits.push(Number(rows[0]?.wait));
      await db.execute(
        sql`update pgboss.job set start_after = now() where id = ${id} and state = 'retry'`,
      );
      await eventually(async () => {
        const found = await db.execute<{ retries: number }>(
          sql`select retry_count as retries from pgboss.job where id = ${id} and start_after > now() + interval '10 s'`,
        );
        return found.rows[0]?.retries === waits.length;
      });
    }
    waits.forEach((wait, index) => {
      expect(wait).toBeGreaterThan(Math.min(1000, 100 * 2 ** index) - 30);
      expect(wait).toBeLessThanOrEqual(Math.min(1000, 200 * 2 ** index));
    });
  });

  it("ends among the dead ones, with what went wrong at last", async () => {
    const { db } = database();
    const queue = newQueue({ retryLimit: 2 });
    const lasts: boolean[] = [];
    const handler = handle(queue, (_data, { isLastAttempt, attempt }) => {
      lasts.push(isLastAttempt);
      return Promise.reject(new Error(`attempt ${attempt} failed`));
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    const id = await write(db, queue, { n: 5 });
    await eventually(async () => (await stateOf(id)) === "failed");
    expect(lasts).toEqual([false, false, true]);
    const dead = await listDeadJobs(db, { limit: 100, after: null });
    expect(dead.filter((job) => job.jobId === id)).toMatchObject([
      { queue: queue.name, attempts: 3, error: "attempt 3 failed", data: '{"n": 5}' },
    ]);
  });

  it("is not tried again when that is hopeless", async () => {
    const { db } = database();
    const queue = newQueue();
    let runs = 0;
    const handler = handle(queue, () => {
      runs += 1;
      return Promise.reject(new JobHopeless("the address does not exist"));
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    const id = await write(db, queue, { n: 1 });
    await eventually(async () => (await stateOf(id)) === "failed");
    expect(runs).toBe(1);
    const dead = await listDeadJobs(db, { limit: 100, after: null });
    expect(dead.find((job) => job.jobId === id)?.error).toBe("the address does not exist");
  });

  it("is not even tried with data that its queue does not take", async () => {
    const { db } = database();
    const queue = newQueue();
    let runs = 0;
    const handler = handle(queue, () => {
      runs += 1;
      return Promise.resolve();
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    const older = defineQueue(queue.name, z.object({ m: z.string() }), queue.options);
    const id = await write(db, older, { m: "of an older version" });
    await eventually(async () => (await stateOf(id)) === "failed");
    expect(runs).toBe(0);
  });

  it("counts as failed when its time is over, and is told so", async () => {
    const { db } = database();
    const queue = newQueue({ expireInSeconds: 1, retryLimit: 0 });
    let wasTold = false;
    const handler = handle(queue, async (_data, { signal }) => {
      await new Promise((resolve) => {
        signal.addEventListener("abort", resolve);
      });
      wasTold = true;
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    const id = await write(db, queue, { n: 1 });
    await eventually(async () => (await stateOf(id)) === "failed");
    expect(wasTold).toBe(true);
  });
});

describe("a worker that stops", () => {
  it("lets the job under way finish, and takes no further one", async () => {
    const { db } = database();
    const queue = newQueue();
    const started = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const ran: number[] = [];
    const handler = handle(queue, async ({ n }) => {
      ran.push(n);
      started.resolve();
      await release.promise;
    });
    const worker = await runWorker(db, { handlers: [handler] });
    const first = await write(db, queue, { n: 1 });
    await started.promise;
    const second = await write(db, queue, { n: 2 });
    const stopped = worker.stop();
    release.resolve();
    await stopped;
    expect(await stateOf(first)).toBe("completed");
    expect(await stateOf(second)).toBe("created");
    expect(ran).toEqual([1]);
  });

  it("tells a job that takes too long, which another worker runs again", async () => {
    const { db } = database();
    const queue = newQueue();
    const started = Promise.withResolvers<void>();
    let isOver = false;
    const slow = handle(queue, async (_data, { signal }) => {
      started.resolve();
      await new Promise((resolve) => {
        signal.addEventListener("abort", resolve);
      });
      isOver = true;
    });
    const worker = await runWorker(db, { handlers: [slow] });
    const id = await write(db, queue, { n: 1 });
    await started.promise;
    await worker.stop({ timeoutMs: 1000 });
    await eventually(() => isOver);
    const attempts: number[] = [];
    const quick = handle(queue, (_data, { attempt }) => {
      attempts.push(attempt);
      return Promise.resolve();
    });
    await using _second = await runWorker(db, { handlers: [quick] });
    await eventually(() => isDone(id));
    expect(attempts).toEqual([2]);
  });

  it("goes on when the database comes back", async () => {
    const { db } = database();
    const queue = newQueue();
    const errors: string[] = [];
    const logger = {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: (_fields: object, message: string) => void errors.push(message),
    };
    const worker = await startWorker({
      db,
      handlers: [handle(queue, async () => {})],
      logger,
      pollingIntervalSeconds: 0.05,
    });
    await db.execute(sql`alter table outbox rename to outbox_away`);
    try {
      await eventually(() => errors.includes("looking for jobs failed"));
    } finally {
      await db.execute(sql`alter table outbox_away rename to outbox`);
    }
    const id = await write(db, queue, { n: 1 });
    await eventually(() => isDone(id));
    expect(errors).toEqual(["looking for jobs failed"]);
    await worker.stop();
  });
});
