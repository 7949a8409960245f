import type { JobResult, JobWithMetadata } from "pg-boss";
import { type JobHandler, JobHopeless } from "./handler.ts";
import { JobDataRefused } from "./queue.ts";

/** What a worker tells about itself: pino's loggers do. */
export interface JobLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Runs one attempt of a job. Never rejects: what went wrong is in the result, which says what becomes of the job. */
export async function runJob(
  handler: JobHandler,
  job: JobWithMetadata<unknown>,
  logger: JobLogger,
): Promise<JobResult> {
  const { name: queue, options } = handler.queue;
  const { id, data, retryCount, retryLimit, signal } = job;
  const attempt = retryCount + 1;
  const isLastAttempt = retryCount >= retryLimit;
  const startedAt = performance.now();
  const failure = await handler.run(data, { id, attempt, isLastAttempt, signal }).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const line = { queue, jobId: id, attempt, ms: Math.round(performance.now() - startedAt) };
  if (failure === undefined) {
    // Sweeps come every few seconds, and mostly find nothing to do.
    if (options.policy === "stately") logger.debug(line, "job done");
    else logger.info(line, "job done");
    return { id, status: "completed" };
  }
  const { error } = failure;
  const isHopeless = error instanceof JobHopeless || error instanceof JobDataRefused;
  if (isHopeless || isLastAttempt) logger.error({ ...line, err: error }, "job failed for good");
  else logger.warn({ ...line, err: error }, "job failed, and will be tried again");
  return { id, status: isHopeless ? "deadletter" : "failed", output: describeError(error) };
}

const longestMessage = 2000;

/** What staff get to see of a failure. The log has the rest, by the job's id. */
function describeError(error: unknown): { name: string; message: string } {
  if (!(error instanceof Error)) return { name: "Error", message: "Something that is no error" };
  return { name: error.name, message: error.message.slice(0, longestMessage) };
}
