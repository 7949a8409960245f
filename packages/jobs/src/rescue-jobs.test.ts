import { useTestDatabase } from "@lectern/database/testing/database";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { listDeadJobs } from "./dead-jobs.ts";
import { handle } from "./handler.ts";
import { defineQueue, type Queue, type QueueOptions } from "./queue.ts";
import { startProgram } from "./testing/programs.ts";
import { eventually, runWorker, write } from "./testing/worker.ts";

const database = useTestDatabase();

function newQueue(options: QueueOptions = {}) {
  const name = `test.${crypto.randomUUID()}`.slice(0, 40);
  // An hour, which a job that was rescued does not wait.
  return defineQueue(name, z.object({}), {
    heartbeatSeconds: 2,
    retryDelaySeconds: 3600,
    ...options,
  });
}

function startVictim({ name, options }: Queue) {
  return startProgram("work-until-killed", database().url, name, JSON.stringify(options));
}

async function stateOf(id: string | null): Promise<string | undefined> {
  const { rows } = await database().db.execute<{ state: string }>(
    sql`select state from pgboss.job where id = ${id} and name <> 'dead'`,
  );
  return rows[0]?.state;
}

describe("a job whose worker was killed", () => {
  it("is run again by another one at once, as its next attempt", async () => {
    const { db } = database();
    const queue = newQueue();
    await using victim = startVictim(queue);
    const id = await write(db, queue, {});
    await eventually(() => victim.output().includes(`${id} 1`));
    const attempts: number[] = [];
    const handler = handle(queue, (_data, { attempt }) => {
      attempts.push(attempt);
      return Promise.resolve();
    });
    await using _worker = await runWorker(db, { handlers: [handler] });
    // Alive, it keeps its job for longer than a dead one would.
    const { rows } = await db.execute<{ beat: string }>(
      sql`select heartbeat_on as beat from pgboss.job where id = ${id}`,
    );
    const firstBeat = Date.parse(rows[0]?.beat ?? "");
    await eventually(async () => {
      const later = await db.execute<{ beat: string }>(
        sql`select heartbeat_on as beat from pgboss.job where id = ${id}`,
      );
      return Date.parse(later.rows[0]?.beat ?? "") > firstBeat + 3000;
    });
    expect(attempts).toEqual([]);

    const killedAt = performance.now();
    await victim.kill();
    await eventually(async () => (await stateOf(id)) === "completed");
    expect(performance.now() - killedAt).toBeLessThan(6000);
    expect(attempts).toEqual([2]);
  });

  it("ends among the dead ones when that was its last attempt", async () => {
    const { db } = database();
    const queue = newQueue({ retryLimit: 0 });
    await using victim = startVictim(queue);
    const id = await write(db, queue, {});
    await eventually(() => victim.output().includes(`${id} 1`));
    await victim.kill();
    await using _worker = await runWorker(db, {});
    await eventually(async () => (await stateOf(id)) === "failed");
    const dead = await listDeadJobs(db, { limit: 100, after: null });
    expect(dead.find((job) => job.jobId === id)?.error).toBe(
      "The worker that ran this job was lost",
    );
  });

  it("is not finished by a worker that was thought dead and was not", async () => {
    const { db } = database();
    const queue = newQueue();
    const release = Promise.withResolvers<void>();
    const runs: { attempt: number; signal: AbortSignal }[] = [];
    const handler = handle(queue, async (_data, { attempt, signal }) => {
      runs.push({ attempt, signal });
      if (attempt === 1) await release.promise;
    });
    await using _first = await runWorker(db, { handlers: [handler] });
    const id = await write(db, queue, {});
    await eventually(() => runs.length === 1);
    // What a worker looks like whose machine has stood still.
    await db.execute(
      sql`update pgboss.job set heartbeat_on = now() - interval '1 minute' where id = ${id}`,
    );
    await using _second = await runWorker(db, { handlers: [handler] });
    await eventually(() => runs.length === 2);
    await eventually(async () => (await stateOf(id)) === "completed");
    await eventually(() => runs[0]?.signal.aborted === true);
    release.resolve();
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(await stateOf(id)).toBe("completed");
  });
});
