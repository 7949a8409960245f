import { type RunOptions, type RunningLectern, runLectern } from "./run-lectern.ts";
import { StopRequest } from "./stop-request.ts";

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
  const request = new StopRequest();
  request.listenToSignals();
  if (options.endWithParent === true) request.listenToParent();

  const running = await runLectern({
    ...options,
    onLost: (error) => {
      logger.fatal({ err: error }, "the database is lost");
      process.exitCode = 1;
      if (!request.isAsked) request.ask("the database is lost");
    },
  });
  if (!request.isAsked) options.onReady(running);
  await request.follow(logger, () => running.stop());
}
