import { type DestinationStream, pino } from "pino";

/** Lines wait for others, so that each need not be a call of the system, but not for longer than that. */
const WAIT_MS = 100;
const TOGETHER_BYTES = 16_000;

/** Whoever reads the log and has stopped doing so must not fill the memory. */
const KEPT_BYTES = 16 * 1024 * 1024;

/**
 * A log that nobody waits for. What it holds is written when the process ends, by whatever is not `kill -9` or a loss
 * of power: those may cost the lines of the last tenth of a second.
 *
 * @param dest path of a file that is made for its owner alone; default: standard output
 */
export function openLog(dest?: string): DestinationStream {
  return pino.destination({
    ...(dest === undefined ? { dest: 1 } : { dest, mode: 0o600 }),
    sync: false,
    minLength: TOGETHER_BYTES,
    maxLength: KEPT_BYTES,
    periodicFlush: WAIT_MS,
  });
}
