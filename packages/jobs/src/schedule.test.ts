import { useTestDatabase } from "@lectern/database/testing/database";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { handle } from "./handler.ts";
import { defineQueue } from "./queue.ts";
import { every, Scheduler } from "./schedule.ts";
import { eventually, runWorker } from "./testing/worker.ts";

const database = useTestDatabase();

function newQueue() {
  return defineQueue(
    `test.${crypto.randomUUID()}`.slice(0, 40),
    z.object({ what: z.string().optional() }),
  );
}

async function countOf(queue: { name: string }): Promise<number> {
  const { rows } = await database().db.execute<{ count: number }>(
    sql`select count(*)::int as count from pgboss.job where name = ${queue.name}`,
  );
  return rows[0]?.count ?? 0;
}

/** A day with nothing special about it. */
const day = Date.parse("2027-05-04T00:00:00Z");
const hour = 3_600_000;
const at = (hours: number) => new Date(day + hours * hour);

describe("a schedule", () => {
  it("runs its job at each of its times, once with two workers", async () => {
    const { db } = database();
    const queue = newQueue();
    const ids: string[] = [];
    const handler = handle(queue, (_data, { id }) => {
      ids.push(id);
      return Promise.resolve();
    });
    const options = { handlers: [handler], schedules: [every("* * * * * *", queue, {})] };
    const startedAt = Date.now();
    await using _first = await runWorker(db, options);
    await using _second = await runWorker(db, options);
    await eventually(() => ids.length >= 4);
    // Every second, and the one that was under way when they started.
    expect(ids.length).toBeLessThanOrEqual((Date.now() - startedAt) / 1000 + 2);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("makes up for its latest time alone, when no worker ran at it", async () => {
    const { db } = database();
    const queue = newQueue();
    const scheduler = new Scheduler([every("0 * * * *", queue, {})]);
    expect(await scheduler.run(db, at(5.5))).toBe(true);
    expect(await scheduler.run(db, at(5.9))).toBe(false);
    expect(await countOf(queue)).toBe(1);
    expect(await scheduler.run(db, at(9))).toBe(true);
    expect(await countOf(queue)).toBe(2);
  });

  it("does not make up for what is long over: such a job may have been done and forgotten", async () => {
    const { db } = database();
    const queue = newQueue();
    const daily = every("0 0 * * *", queue, {});
    expect(await new Scheduler([daily]).run(db, at(12.1))).toBe(false);
    expect(await new Scheduler([daily]).run(db, at(11.9))).toBe(true);
    expect(await countOf(queue)).toBe(1);
  });

  it("keeps to its zone, when clocks change too", async () => {
    const { db } = database();
    const queue = newQueue();
    // In Oslo, six in the morning is 05:00 UTC until 28 March 2027, and 04:00 from then on.
    const scheduler = new Scheduler([every("0 6 * * *", queue, {}, "Europe/Oslo")]);
    const ran: string[] = [];
    for (let time = Date.parse("2027-03-27T00:00Z"); ran.length < 2; time += hour / 2) {
      if (await scheduler.run(db, new Date(time))) ran.push(new Date(time).toISOString());
    }
    expect(ran).toEqual(["2027-03-27T05:00:00.000Z", "2027-03-28T04:00:00.000Z"]);
  });

  it("is another one with other data", async () => {
    const { db } = database();
    const queue = newQueue();
    const scheduler = new Scheduler([
      every("0 * * * *", queue, { what: "a" }),
      every("0 * * * *", queue, { what: "b" }),
    ]);
    await scheduler.run(db, at(1));
    expect(await countOf(queue)).toBe(2);
  });

  it("has one job for each time, whichever workers look when, and however wrong their clocks go", async () => {
    const { db } = database();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 0, max: 6 * 60 })), { maxLength: 30 }),
        async (looks) => {
          const queue = newQueue();
          const schedule = every("*/10 * * * *", queue, {});
          const workers = [0, 1, 2].map(() => new Scheduler([schedule]));
          for (const [worker, minute] of looks) await workers[worker]?.run(db, at(minute / 60));
          const times = new Set(looks.map(([, minute]) => Math.floor(minute / 10)));
          expect(await countOf(queue)).toBe(times.size);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("refuses an expression that is none, and data that the queue does not take", () => {
    const queue = newQueue();
    expect(() => every("every now and then", queue, {})).toThrow(/cron|field|characters/i);
    expect(() => every("0 6 * * *", queue, {}, "Europe/Atlantis")).toThrow(/CronDate|zone/i);
    const strict = defineQueue(queue.name, z.object({ what: z.string().max(3) }));
    expect(() => every("0 6 * * *", strict, { what: "much" })).toThrow(z.ZodError);
  });
});
