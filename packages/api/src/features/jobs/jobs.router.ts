import {
  DeadJobInput,
  JobDiscarded,
  JobRetried,
  JobsDeadInput,
  JobsDeadOutput,
  JobsStatistics,
} from "@lectern/contract/jobs";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, staffProcedure } from "../../trpc/procedures.ts";
import { discardJob } from "./discard-job.ts";
import { listDeadJobs } from "./list-dead-jobs.ts";
import { readJobStatistics } from "./read-job-statistics.ts";
import { retryJob } from "./retry-job.ts";

export const jobsRouter = router({
  /** Jobs that failed for good, the latest first. */
  dead: staffProcedure("jobs.read")
    .input(JobsDeadInput)
    .output(JobsDeadOutput)
    .query((opts) => listDeadJobs(opts.ctx.db, callOf(opts), opts.input)),

  /** Runs one of them again, with all its attempts before it. */
  retry: staffProcedure("jobs.write")
    .errors(mayFail("NotFound", "IdempotencyMismatch"))
    .input(DeadJobInput)
    .output(JobRetried)
    .mutation((opts) => retryJob(opts.ctx.db, callOf(opts), opts.input)),

  /** Takes one of them off the list: what it was to do is not done. */
  discard: staffProcedure("jobs.write")
    .errors(mayFail("NotFound", "IdempotencyMismatch"))
    .input(DeadJobInput)
    .output(JobDiscarded)
    .mutation((opts) => discardJob(opts.ctx.db, callOf(opts), opts.input)),

  /** How much waits, runs and has failed, queue by queue. */
  statistics: staffProcedure("jobs.read")
    .output(JobsStatistics)
    .query((opts) => readJobStatistics(opts.ctx.db, callOf(opts))),
});
