import { librarySql } from "@lectern/database/library-sql";
import type { Database } from "@lectern/database/queryable";
import type { PgBoss } from "pg-boss";
import { createBoss } from "./boss.ts";
import { forgetRepeatedDeaths } from "./dead-jobs.ts";
import { ensureQueues } from "./ensure-queues.ts";
import type { JobHandler } from "./handler.ts";
import { lookForWork } from "./look-for-work.ts";
import { findStrandedOutbox, relayOutbox } from "./relay-outbox.ts";
import { rescueJobs } from "./rescue-jobs.ts";
import { type JobLogger, runJob } from "./run-job.ts";
import { type Schedule, Scheduler } from "./schedule.ts";

export type { JobLogger } from "./run-job.ts";

export interface WorkerOptions {
  readonly db: Database;
  /** One for each queue. */
  readonly handlers: readonly JobHandler[];
  readonly schedules?: readonly Schedule[];
  readonly logger: JobLogger;
  /** Seconds between two looks for work. Default 0.5. */
  readonly pollingIntervalSeconds?: number | undefined;
}

export interface Worker {
  /** Looks for work now instead of in a moment. */
  wake(): void;
  /**
   * Takes no further job and waits for those that run. What runs beyond the time-out (milliseconds, default 10,000) is told to stop
   * by its signal, and is run again by another worker.
   */
  stop(options?: { readonly timeoutMs?: number }): Promise<void>;
}

/** pg-boss polls each queue by itself as well: only in case that a call to look for work goes missing. */
const fallbackPollingSeconds = 30;
const superviseIntervalMs = 60_000;
/** What supervision works through grows with what was done in a day. */
const superviseTimeoutMs = 120_000;
const strandedIntervalMs = 600_000;
const slowestPauseMs = 5000;

/**
 * Runs jobs until it is stopped: makes the queues that are missing, hands over what is due in the outbox, writes the jobs of
 * schedules, takes over jobs of workers that died, and runs what is due. Any number of workers may do so at once.
 *
 * @throws whatever keeps it from starting: QueuePolicyChanged, a schema that is not the library's, a database out of reach
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { db, handlers, logger, schedules = [] } = options;
  const queues = handlers.map(({ queue }) => queue);
  const names = queues.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new TypeError(`The queue "${twice}" has two handlers`);
  await ensureQueues(db, [...queues, ...schedules.map(({ queue }) => queue)]);

  const boss = createBoss(librarySql(db));
  report(boss, logger);
  await boss.start();
  const wakers = new Map<string, () => void>();
  for (const handler of handlers)
    wakers.set(handler.queue.name, await runQueue(boss, handler, logger));

  const rounds = new Rounds(options, boss, wakers, new Scheduler(schedules));
  rounds.start();
  let stopping: Promise<void> | undefined;
  return {
    wake: () => {
      rounds.wake();
    },
    stop: ({ timeoutMs = 10_000 } = {}) => {
      stopping ??= rounds
        .stop()
        .then(() => boss.stop({ graceful: true, close: false, timeout: timeoutMs }));
      return stopping;
    },
  };
}

/** What pg-boss has to say by itself. Errors have to be listened to: unheard, they end the process. */
function report(boss: PgBoss, logger: JobLogger): void {
  boss.on("error", (error) => {
    logger.error({ err: error }, "the job queue reports an error");
  });
  boss.on("warning", (warning) => {
    logger.warn({ warning }, "the job queue reports a warning");
  });
}

/** @returns what makes it look for jobs of this queue at once */
async function runQueue(boss: PgBoss, handler: JobHandler, logger: JobLogger): Promise<() => void> {
  const { name, options } = handler.queue;
  const workers: string[] = [];
  for (let index = 0; index < options.concurrency; index++) {
    const settings = {
      batchSize: 1,
      perJobResults: true,
      includeMetadata: true,
      pollingIntervalSeconds: fallbackPollingSeconds,
      heartbeatRefreshSeconds: options.heartbeatSeconds / 4,
    } as const;
    const id: string = await boss.work(name, settings, async (jobs) => {
      // Where there was a job there may be another: the next look is not put off.
      boss.notifyWorker(id);
      return await Promise.all(jobs.map((job) => runJob(handler, job, logger)));
    });
    workers.push(id);
  }
  return () => {
    for (const id of workers) boss.notifyWorker(id);
  };
}

/** What a worker does again and again beside running jobs, one round after the other. */
class Rounds {
  readonly #options: WorkerOptions;
  readonly #boss: PgBoss;
  readonly #wakers: ReadonlyMap<string, () => void>;
  readonly #scheduler: Scheduler;
  readonly #supervisor: PgBoss;
  #isStopped = false;
  #running = Promise.resolve();
  #wakeUp = () => {};
  #failures = 0;
  #supervisedAt = performance.now();
  #reportedAt = -Infinity;

  constructor(
    options: WorkerOptions,
    boss: PgBoss,
    wakers: ReadonlyMap<string, () => void>,
    scheduler: Scheduler,
  ) {
    this.#options = options;
    this.#boss = boss;
    this.#wakers = wakers;
    this.#scheduler = scheduler;
    this.#supervisor = createBoss(librarySql(options.db, { timeoutMs: superviseTimeoutMs }));
    report(this.#supervisor, options.logger);
  }

  start(): void {
    this.#running = this.#run();
  }

  wake(): void {
    this.#wakeUp();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wakeUp();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { logger, pollingIntervalSeconds = 0.5 } = this.#options;
    while (!this.#isStopped) {
      const next = Promise.withResolvers<void>();
      this.#wakeUp = next.resolve;
      try {
        await this.#goRound();
        if (this.#failures > 0) logger.info({ failures: this.#failures }, "looking for jobs again");
        this.#failures = 0;
      } catch (error) {
        // One line says that the database is gone, and one that it is back.
        if (this.#failures === 0) logger.error({ err: error }, "looking for jobs failed");
        this.#failures += 1;
      }
      const pauseMs = Math.min(
        slowestPauseMs,
        pollingIntervalSeconds * 1000 * 2 ** Math.min(this.#failures, 10),
      );
      const timer = setTimeout(next.resolve, this.#isStopped ? 0 : pauseMs);
      await next.promise;
      clearTimeout(timer);
    }
  }

  async #goRound(): Promise<void> {
    const { db } = this.#options;
    const work = await lookForWork(db, [...this.#wakers.keys()]);
    for (const queue of work.dueQueues) this.#wakers.get(queue)?.();
    // What fails must not keep the rest from being done.
    const outcomes = [
      work.isOutboxDue && (await settled(this.#relay())),
      work.hasStranded && (await settled(this.#rescue())),
      await settled(this.#schedule(work.now)),
      await settled(this.#supervise()),
    ];
    const errors = outcomes.flatMap((outcome) => (outcome ? [outcome.error] : []));
    if (errors.length > 0) throw new AggregateError(errors, "Parts of a round failed");
  }

  async #relay(): Promise<void> {
    for (const queue of await relayOutbox(this.#options.db)) this.#wakers.get(queue)?.();
  }

  async #rescue(): Promise<void> {
    const { db, logger } = this.#options;
    for (const { queue, id } of await rescueJobs(db, this.#boss)) {
      logger.warn({ queue, jobId: id }, "took a job from a worker that was lost");
      this.#wakers.get(queue)?.();
    }
  }

  async #schedule(now: Date): Promise<void> {
    if (await this.#scheduler.run(this.#options.db, now)) this.#wakeUp();
  }

  async #supervise(): Promise<void> {
    const { db, logger } = this.#options;
    const now = performance.now();
    if (now - this.#supervisedAt > superviseIntervalMs) {
      this.#supervisedAt = now;
      await this.#supervisor.supervise();
      await forgetRepeatedDeaths(db);
    }
    if (now - this.#reportedAt > strandedIntervalMs) {
      this.#reportedAt = now;
      for (const { queue, rows } of await findStrandedOutbox(db))
        logger.warn({ queue, rows }, "jobs in the outbox are for a queue that nobody has made");
    }
  }
}

/** @returns what went wrong, if anything did */
async function settled(promise: Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  return await promise.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
}
