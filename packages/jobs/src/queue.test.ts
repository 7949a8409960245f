import { transaction } from "@lectern/database/transaction";
import { useTestDatabase } from "@lectern/database/testing/database";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ensureQueues } from "./ensure-queues.ts";
import { defineQueue, enqueue, enqueueAll, type Queue } from "./queue.ts";
import { write } from "./testing/worker.ts";

const database = useTestDatabase();

const Greeting = z.object({ name: z.string().max(20), isLoud: z.boolean().optional() });

/** A queue that nobody has made yet. */
function newQueue(options: Parameters<typeof defineQueue>[2] = {}) {
  return defineQueue(`test.${crypto.randomUUID()}`.slice(0, 40), Greeting, options);
}

async function jobsOf(queue: Queue) {
  const { rows } = await database().db.execute<{
    id: string;
    data: unknown;
    start_after: string;
    retry_limit: number;
  }>(
    sql`select id, data, start_after, retry_limit from pgboss.job where name = ${queue.name} order by data::text`,
  );
  return rows;
}

describe("writing a job", () => {
  it("happens in the caller's transaction: none is left of one that rolled back", async () => {
    const { db } = database();
    const queue = newQueue();
    await expect(
      transaction(db, {}, async (tx) => {
        await enqueue(tx, queue, { name: "Kari" });
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await jobsOf(queue)).toEqual([]);
    const id = await write(db, queue, { name: "Kari" });
    expect(await jobsOf(queue)).toMatchObject([{ id, data: { name: "Kari" } }]);
  });

  it("is not to be seen before the transaction has committed", async () => {
    const { db } = database();
    const queue = newQueue();
    await ensureQueues(db, [queue]);
    await transaction(db, {}, async (tx) => {
      await enqueue(tx, queue, { name: "Kari" });
      expect(await jobsOf(queue)).toEqual([]);
    });
    expect(await jobsOf(queue)).toHaveLength(1);
  });

  it("makes one job of an id, in one transaction, in two, and in two at once", async () => {
    const { db } = database();
    const queue = newQueue();
    const id = crypto.randomUUID();
    const job = { name: "Kari" };
    const first = await transaction(db, {}, async (tx) => [
      await enqueue(tx, queue, job, { id }),
      await enqueue(tx, queue, job, { id }),
    ]);
    expect(first).toEqual([id, null]);
    expect(await write(db, queue, job, { id })).toBe(null);

    const other = crypto.randomUUID();
    const racing = await Promise.all([1, 2, 3, 4].map(() => write(db, queue, job, { id: other })));
    expect(racing.filter((written) => written !== null)).toEqual([other]);
    expect(await jobsOf(queue)).toHaveLength(2);
  });

  it("refuses data that the queue does not take, and does not repeat it", async () => {
    const { db } = database();
    const queue = newQueue();
    const secret = "a name much longer than twenty letters";
    const refused = write(db, queue, { name: secret });
    await expect(refused).rejects.toMatchObject({ name: "JobDataRefused", queue: queue.name });
    await expect(refused).rejects.toThrow(/name:/);
    await expect(refused).rejects.not.toThrow(secret);
    expect(await jobsOf(queue)).toEqual([]);
  });

  it("drops what the queue knows nothing of", async () => {
    const { db } = database();
    const queue = newQueue();
    const data: z.input<typeof Greeting> & { more: string } = { name: "Kari", more: "x" };
    await write(db, queue, data);
    expect(await jobsOf(queue)).toMatchObject([{ data: { name: "Kari" } }]);
    expect(Object.keys(z.looseObject({}).parse((await jobsOf(queue))[0]?.data))).toEqual(["name"]);
  });

  it("keeps the time before which it must not run, to the millisecond", async () => {
    const { db } = database();
    const queue = newQueue();
    const startAfter = new Date("2031-03-30T00:30:00.123Z");
    await write(db, queue, { name: "Kari" }, { startAfter });
    const [job] = await jobsOf(queue);
    expect(new Date(job?.start_after ?? "")).toEqual(startAfter);
  });

  it("writes many at once, each with its own options", async () => {
    const { db } = database();
    const queue = newQueue();
    const id = crypto.randomUUID();
    const jobs = ["Ada", "Bo", "Cy"].map((name) => ({ data: { name } }));
    const written = await transaction(db, {}, (tx) =>
      enqueueAll(tx, queue, [...jobs, { data: { name: "Di" }, id }]),
    );
    expect(written).toHaveLength(4);
    expect(written).toContain(id);
    expect((await jobsOf(queue)).map(({ data }) => data)).toEqual(
      ["Ada", "Bo", "Cy", "Di"].map((name) => ({ name })),
    );
  });

  it("lets one wait for a key, where the queue says so", async () => {
    const { db } = database();
    const queue = newQueue({ policy: "short" });
    expect(await write(db, queue, { name: "Kari" }, { singletonKey: "a" })).not.toBe(null);
    expect(await write(db, queue, { name: "Ola" }, { singletonKey: "a" })).toBe(null);
    expect(await write(db, queue, { name: "Ola" }, { singletonKey: "b" })).not.toBe(null);
  });
});

describe("a queue", () => {
  it("is made by the first job, with its options, when no process has started with it yet", async () => {
    const queue = newQueue({ retryLimit: 3 });
    await write(database().db, queue, { name: "Kari" });
    expect(await jobsOf(queue)).toMatchObject([{ retry_limit: 3 }]);
  });

  it("is made by many at once", async () => {
    const { db } = database();
    const queue = newQueue();
    await Promise.all(Array.from({ length: 5 }, () => ensureQueues(db, [queue])));
    await Promise.all(Array.from({ length: 5 }, () => write(db, queue, { name: "Kari" })));
    expect(await jobsOf(queue)).toHaveLength(5);
  });

  it("gets new options when a process starts with them, for jobs from then on", async () => {
    const { db } = database();
    const queue = newQueue({ retryLimit: 3 });
    await write(db, queue, { name: "Ada" });
    await ensureQueues(db, [defineQueue(queue.name, Greeting, { retryLimit: 5 })]);
    await write(db, queue, { name: "Bo" });
    expect((await jobsOf(queue)).map((job) => job.retry_limit)).toEqual([3, 5]);
  });

  it("can't become one of another policy", async () => {
    const { db } = database();
    const queue = newQueue();
    await ensureQueues(db, [queue]);
    await expect(
      ensureQueues(db, [defineQueue(queue.name, Greeting, { policy: "stately" })]),
    ).rejects.toMatchObject({ name: "QueuePolicyChanged" });
  });

  it("has a name that is one", () => {
    for (const name of ["", "dead", "a b", "a'b", "A", "x".repeat(61)])
      expect(() => defineQueue(name, Greeting)).toThrow(TypeError);
  });
});
