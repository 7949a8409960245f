import { type RunOptions, type RunningLectern, runLectern } from "./run-lectern.ts";

/** How long a stop may take before the process ends all the same. */
const STOP_TIMEOUT_MS = 20_000;
const PARENT_CHECK_MS = 1000;
/** A Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 500;

export interface RunUntilStoppedOptions extends Omit<RunOptions, "onLost"> {
  readonly onReady: (running: RunningLectern) => void;
  /** End with the process that started this one: what `npm start` leaves behind is not wanted. */
  readonly endWithParent?: boolean;
}

/**
 * Runs an academy until SIGINT, SIGTERM or SIGHUP, then stops it in order. A second signal, or a stop
 * that takes too long, ends the process at once.
 *
 * @returns when the academy has stopped
 * @throws whatever kept it from starting
 */
export async function runUntilStopped(options: RunUntilStoppedOptions): Promise<void> {
  const { logger } = options;
  const stopped = Promise.withResolvers<string>();
  let isStopping = false;
  let askedAt = 0;

  function askToStop(reason: string): void {
    if (isStopping && performance.now() - askedAt < SAME_SIGNAL_MS) return;
    if (isStopping) process.exit(130);
    isStopping = true;
    askedAt = performance.now();
    stopped.resolve(reason);
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      askToStop(signal);
    });
  }
  if (options.endWithParent === true) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent && !isStopping) askToStop("the parent process is gone");
    }, PARENT_CHECK_MS).unref();
  }

  const running = await runLectern({
    ...options,
    onLost: (error) => {
      logger.fatal({ err: error }, "the database is lost");
      process.exitCode = 1;
      if (!isStopping) askToStop("the database is lost");
    },
  });
  if (!isStopping) options.onReady(running);

  const reason = await stopped.promise;
  logger.info({ reason }, "stopping");
  setTimeout(() => {
    logger.fatal("stopping took too long");
    process.exit(1);
  }, STOP_TIMEOUT_MS).unref();
  await running.stop();
  logger.info("stopped");
}
