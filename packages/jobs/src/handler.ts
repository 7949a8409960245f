import type { z } from "zod";
import { type DataShape, JobDataRefused, type Queue } from "./queue.ts";

/** What a handler knows of the job that it runs. */
export interface JobContext {
  readonly id: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Whether a failure now sends the job to the dead jobs. */
  readonly isLastAttempt: boolean;
  /** Aborted when the job's time is over, when it was given to another worker, or when this one can't wait for it any longer. */
  readonly signal: AbortSignal;
}

/** What runs the jobs of one queue. */
export interface JobHandler {
  readonly queue: Queue;
  /** @throws JobDataRefused for data that the queue does not take; whatever the handler throws */
  readonly run: (data: unknown, job: JobContext) => Promise<void>;
}

/** A job can't succeed, however often it is tried: thrown by a handler, it goes to the dead jobs at once. */
export class JobHopeless extends Error {
  override readonly name = "JobHopeless";
}

/**
 * Says how the jobs of a queue are run. A job may run more than once: its worker may have died just before it could say that the job
 * was done. So running it again must have no further effect.
 *
 *     handle(mailDeliver, async ({ mailId }, job) => deliverMail(db, systemCall(…, job.id), mailId, job.signal))
 */
export function handle<Shape extends DataShape>(
  queue: Queue<Shape>,
  run: (data: z.output<Shape>, job: JobContext) => Promise<void>,
): JobHandler {
  return {
    queue,
    run: async (data, job) => {
      const parsed = queue.data.safeParse(data);
      if (!parsed.success) throw new JobDataRefused(queue.name, parsed.error);
      await run(parsed.data, job);
    },
  };
}
