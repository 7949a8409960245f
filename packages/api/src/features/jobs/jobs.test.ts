import { auditEntry } from "@lectern/database/schema/operations";
import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { handle, JobHopeless } from "@lectern/jobs/handler";
import { defineQueue, enqueue } from "@lectern/jobs/queue";
import { startWorker } from "@lectern/jobs/worker";
import { eq } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { newKey, OPERATOR_CALL } from "../../testing/factories.ts";
import { discardJob } from "./discard-job.ts";
import { listDeadJobs } from "./list-dead-jobs.ts";
import { readJobStatistics } from "./read-job-statistics.ts";
import { retryJob } from "./retry-job.ts";

const database = useTestDatabase();

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Jobs that have failed for good, in a queue of their own. */
async function makeDead(count: number) {
  const { db } = database();
  const queue = defineQueue(`test.${newKey()}`.slice(0, 40), z.object({ n: z.int() }));
  const handler = handle(queue, () => Promise.reject(new JobHopeless("no such address")));
  const worker = await startWorker({
    db,
    handlers: [handler],
    logger: silent,
    pollingIntervalSeconds: 0.05,
  });
  for (let n = 0; n < count; n++) await transaction(db, {}, (tx) => enqueue(tx, queue, { n }));
  await vi.waitUntil(async () => (await deadOf(queue.name)).length === count, { timeout: 10_000 });
  await worker.stop();
  return { queue: queue.name, dead: await deadOf(queue.name) };
}

async function deadOf(queue: string) {
  const { items } = await listDeadJobs(database().db, OPERATOR_CALL, { limit: 100 });
  return items.filter((job) => job.queue === queue);
}

async function statisticsOf(queue: string) {
  const { queues } = await readJobStatistics(database().db, OPERATOR_CALL);
  return queues.find((row) => row.queue === queue);
}

async function auditOf(entityId: string) {
  return await database()
    .db.select({ action: auditEntry.action, after: auditEntry.after, by: auditEntry.actorId })
    .from(auditEntry)
    .where(eq(auditEntry.entityId, entityId));
}

describe("dead jobs", () => {
  it("are listed with what went wrong, the latest first, each once over all pages", async () => {
    const { dead } = await makeDead(3);
    expect(dead[0]).toMatchObject({ error: "no such address", attempts: 1, data: '{"n": 2}' });
    const seen: string[] = [];
    let cursor: string | null = null;
    let total = 0;
    do {
      const page: Awaited<ReturnType<typeof listDeadJobs>> = await listDeadJobs(
        database().db,
        OPERATOR_CALL,
        { limit: 2, cursor },
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      total = page.total;
    } while (cursor !== null);
    expect(seen).toHaveLength(total);
    expect(new Set(seen).size).toBe(total);
    expect(seen).toEqual(expect.arrayContaining(dead.map(({ id }) => id)));
  });

  it("are listed and counted of one queue alone", async () => {
    const { queue, dead } = await makeDead(2);
    await makeDead(1);
    const found = await listDeadJobs(database().db, OPERATOR_CALL, { limit: 10, queue });
    expect(found).toEqual({ items: dead, nextCursor: null, total: 2 });
  });

  it("refuse a cursor that is not one of theirs", async () => {
    await expect(
      listDeadJobs(database().db, OPERATOR_CALL, { limit: 2, cursor: "bm9uc2Vuc2U" }),
    ).rejects.toMatchObject({ code: "Invalid" });
  });

  it("wait again once they are retried, once for a key, with an entry in the audit log", async () => {
    const { db } = database();
    const { queue, dead } = await makeDead(1);
    const [job] = dead;
    const input = { id: job?.id ?? "", idempotencyKey: newKey() };
    const retried = await retryJob(db, OPERATOR_CALL, input);
    expect(retried).toEqual({ jobId: job?.jobId, queue, isWaiting: true });
    expect(await retryJob(db, OPERATOR_CALL, input)).toEqual(retried);
    expect(await statisticsOf(queue)).toMatchObject({ waiting: 1, dead: 0 });
    expect(await auditOf(retried.jobId)).toEqual([
      { action: "job.retry", after: { queue, state: "waiting" }, by: "test-operator" },
    ]);
    await expect(
      retryJob(db, OPERATOR_CALL, { ...input, idempotencyKey: newKey() }),
    ).rejects.toMatchObject({ code: "NotFound" });
  });

  it("are gone once they are discarded, with an entry in the audit log", async () => {
    const { db } = database();
    const { queue, dead } = await makeDead(2);
    const input = { id: dead[0]?.id ?? "", idempotencyKey: newKey() };
    const discarded = await discardJob(db, OPERATOR_CALL, input);
    expect(discarded).toEqual({ jobId: dead[0]?.jobId, queue });
    expect(await discardJob(db, OPERATOR_CALL, input)).toEqual(discarded);
    expect(await deadOf(queue)).toEqual([dead[1]]);
    expect(await statisticsOf(queue)).toMatchObject({ waiting: 0, dead: 1 });
    expect(await auditOf(discarded.jobId)).toMatchObject([{ action: "job.discard", after: null }]);
  });

  it("that are not there are not found", async () => {
    const input = { id: newKey(), idempotencyKey: newKey() };
    await expect(retryJob(database().db, OPERATOR_CALL, input)).rejects.toMatchObject({
      code: "NotFound",
    });
    await expect(discardJob(database().db, OPERATOR_CALL, input)).rejects.toMatchObject({
      code: "NotFound",
    });
  });
});
