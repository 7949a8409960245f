import type { Queryable } from "@lectern/database/queryable";
import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { deadQueueName, insertJobs, type JobRow } from "./boss.ts";

/** Data of a job: an object of plain JSON, so that it comes out of the database as it went in. */
export type DataShape = z.ZodType<Record<string, unknown>>;

export interface QueueOptions {
  /** How often a job that failed is run again before it goes to the dead jobs. Default 8. */
  readonly retryLimit?: number;
  /** Seconds before the first retry; each further one waits about twice as long. Default 5. */
  readonly retryDelaySeconds?: number;
  /** Seconds that a retry waits at most. Default four hours. */
  readonly retryDelayMaxSeconds?: number;
  /** Seconds that one attempt may take before it counts as failed, and its signal is aborted. Default 120. */
  readonly expireInSeconds?: number;
  /** Seconds without a sign of life after which a job is taken from its worker. Default 10, and no less. */
  readonly heartbeatSeconds?: number;
  /**
   * Which jobs of one singleton key (none is a key too) there may be at once: any number (`standard`); one that waits (`short`);
   * one that waits and one that runs (`stately`), for sweeps. Can't be changed for a queue that exists.
   */
  readonly policy?: QueuePolicy;
  /** How many of its jobs one worker runs at once. Default 1. */
  readonly concurrency?: number;
}

export type QueuePolicy = "standard" | "short" | "stately";

/** Jobs of one kind: what they are called, what data they have, and how they are retried. */
export interface Queue<Shape extends DataShape = DataShape> {
  readonly name: string;
  readonly data: Shape;
  readonly options: Required<QueueOptions>;
}

export interface EnqueueOptions {
  /** Not before this time; at once without it. */
  readonly startAfter?: Date;
  /** A UUID that makes the job the same one however often it is written: while it is there, and for a day after it was done. */
  readonly id?: string;
  /**
   * What the queue's policy counts by. A job that is left out because of another one may find that one running already, and blind
   * for what the caller's transaction has written: only for work that a schedule repeats anyway. Callers with the same key wait for
   * each other's transactions.
   */
  readonly singletonKey?: string;
}

/** The data of a job is not what its queue takes. */
export class JobDataRefused extends Error {
  override readonly name = "JobDataRefused";
  readonly queue: string;

  constructor(queue: string, cause: z.ZodError) {
    // Names the fields alone: values may be anybody's.
    const fields = cause.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    super(`The data of a job for "${queue}" is not right: ${fields.join("; ")}`, { cause });
    this.queue = queue;
  }
}

/**
 *     export const mailDeliver = defineQueue("mail.deliver", z.object({ mailId: Id }), { retryLimit: 20 });
 *
 * @param name unique, `<feature>.<verb>`
 * @param data what its jobs carry: plain JSON, and no more than it takes to look the rest up
 */
export function defineQueue<Shape extends DataShape>(
  name: string,
  data: Shape,
  options: QueueOptions = {},
): Queue<Shape> {
  if (!/^[a-z0-9_.-]{1,60}$/.test(name) || name === deadQueueName)
    throw new TypeError(`"${name}" can't be the name of a queue`);
  return {
    name,
    data,
    options: {
      retryLimit: 8,
      retryDelaySeconds: 5,
      retryDelayMaxSeconds: 4 * 3600,
      expireInSeconds: 120,
      heartbeatSeconds: 10,
      policy: "standard",
      concurrency: 1,
      ...options,
    },
  };
}

/**
 * Writes a job in the caller's transaction: it runs if that commits, and has never been if it does not. Nothing has to run for that
 * but the database.
 *
 * @returns the job's id, or null where that job is there already, or the queue's policy left it out
 * @throws JobDataRefused
 */
export async function enqueue<Shape extends DataShape>(
  tx: Transaction,
  queue: Queue<Shape>,
  data: z.input<Shape>,
  options: EnqueueOptions = {},
): Promise<string | null> {
  const [id = null] = await enqueueAll(tx, queue, [{ data, ...options }]);
  return id;
}

/** The same for many jobs at once. @returns the ids of those that were written */
export async function enqueueAll<Shape extends DataShape>(
  tx: Transaction,
  queue: Queue<Shape>,
  jobs: readonly ({ readonly data: z.input<Shape> } & EnqueueOptions)[],
): Promise<string[]> {
  const rows = jobs.map(({ data, id, startAfter, singletonKey }): JobRow => {
    const checked = queue.data.safeParse(data);
    if (!checked.success) throw new JobDataRefused(queue.name, checked.error);
    return {
      data: checked.data,
      ...(id !== undefined && { id }),
      ...(startAfter && { startAfter: startAfter.toISOString() }),
      ...(singletonKey !== undefined && { singletonKey }),
    };
  });
  if (rows.length === 0) return [];
  const written = await insertJobs(tx, queue.name, rows);
  if (written.length === rows.length || (await queueExists(tx, queue.name))) return written;
  // No process has made this queue yet: of a new version, the first to write a job may come before the first to start.
  await createQueue(tx, queue);
  return await insertJobs(tx, queue.name, rows);
}

async function queueExists(db: Queryable, name: string): Promise<boolean> {
  const { count } = await db.execute(sql`select from pgboss.queue where name = ${name}`);
  return count > 0;
}

/** Makes a queue that is not there yet; leaves one that is as it is. */
export async function createQueue(db: Queryable, queue: Queue): Promise<void> {
  await db.execute(
    sql`select pgboss.create_queue(${queue.name}, ${JSON.stringify(storedOptions(queue))}::jsonb)`,
  );
}

/** What pg-boss keeps of a queue, in its words. */
export function storedOptions({ options }: Queue) {
  return {
    policy: options.policy,
    retryLimit: options.retryLimit,
    retryDelay: options.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: options.retryDelayMaxSeconds,
    expireInSeconds: options.expireInSeconds,
    heartbeatSeconds: options.heartbeatSeconds,
    // Ten years: a job that nobody has run is not thrown away.
    retentionSeconds: 315_360_000,
    deleteAfterSeconds: keepDoneSeconds,
    deadLetter: deadQueueName,
  };
}

/** How long a job that was done is kept: that long its id can't be used again. */
export const keepDoneSeconds = 24 * 3600;
