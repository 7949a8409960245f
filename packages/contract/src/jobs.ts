import { z } from "zod";
import { Id, IdempotencyKey, Instant, PageInput, line, page } from "./primitives.ts";

/** A job that failed as often as it may. It stays until staff run it again or discard it. */
export const DeadJob = z.object({
  /** Of this failure. */
  id: Id,
  /** The job's own, which its attempts have in common: names it in the log. */
  jobId: Id,
  queue: line(60),
  /** What it was to work on, as JSON text; cut off where it is very long. */
  data: z.string().max(10_000),
  /** What went wrong at the last attempt. */
  error: z.string().max(2000),
  attempts: z.int().min(1),
  createdAt: Instant,
  failedAt: Instant,
});
export type DeadJob = z.infer<typeof DeadJob>;

export const JobsDeadInput = PageInput.extend({
  /** Those of one queue alone. */
  queue: line(60).nullish(),
});
export const JobsDeadOutput = page(DeadJob);

/** Says which dead job to run again or to discard. */
export const DeadJobInput = z.object({
  /** Of the failure. */
  id: Id,
  idempotencyKey: IdempotencyKey,
});

export const JobRetried = z.object({
  jobId: Id,
  queue: line(60),
  /** Whether it waits to be run now; otherwise one that it would only repeat waits already. */
  isWaiting: z.boolean(),
});
export type JobRetried = z.infer<typeof JobRetried>;

export const JobDiscarded = z.object({ jobId: Id, queue: line(60) });
export type JobDiscarded = z.infer<typeof JobDiscarded>;

export const JobsStatistics = z.object({
  queues: z
    .array(
      z.object({
        queue: line(60),
        /** Jobs that are due and not taken by a worker yet. */
        waiting: z.int().min(0),
        /** Jobs for later, retries included. */
        later: z.int().min(0),
        running: z.int().min(0),
        dead: z.int().min(0),
        /** Since when the longest has been waiting. */
        waitingSince: Instant.nullable(),
      }),
    )
    .max(500),
  /** Jobs that are due and have not got into their queues yet. */
  inOutbox: z.int().min(0),
});
