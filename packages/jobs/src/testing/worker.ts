import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { vi } from "vitest";
import type { z } from "zod";
import { type DataShape, enqueue, type EnqueueOptions, type Queue } from "../queue.ts";
import { startWorker, type Worker, type WorkerOptions } from "../worker.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A worker that stops with the test. */
export async function runWorker(
  db: Database,
  options: Partial<WorkerOptions>,
): Promise<Worker & AsyncDisposable> {
  const worker = await startWorker({
    db,
    handlers: [],
    logger: silent,
    pollingIntervalSeconds: 0.05,
    ...options,
  });
  return { ...worker, [Symbol.asyncDispose]: () => worker.stop({ timeoutMs: 1000 }) };
}

/** Writes one job in a transaction of its own. */
export async function write<Shape extends DataShape>(
  db: Database,
  queue: Queue<Shape>,
  data: z.input<Shape>,
  options?: EnqueueOptions,
): Promise<string | null> {
  return await transaction(db, {}, (tx) => enqueue(tx, queue, data, options));
}

export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitUntil(condition, { timeout: 15_000, interval: 20 });
}
