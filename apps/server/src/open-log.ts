import { type DestinationStream, pino } from "pino";

/** Lines wait for others, so that each need not be a call of the system, but not for longer than that. */
const WAIT_MS = 100;
const TOGETHER_CHARACTERS = 64_000;
/** In one call: more than what is gathered, however long its last line is and whatever its letters take. */
const WRITTEN_BYTES = 1024 * 1024;

/** Whoever reads the log and has stopped doing so must not fill the memory. */
const KEPT_BYTES = 16 * 1024 * 1024;

/**
 * A log that nobody waits for. What it holds is written when the process ends, by whatever is not `kill -9` or a loss
 * of power: those may cost the lines of the last tenth of a second.
 *
 * @param dest path of a file that is made for its owner alone; default: standard output
 */
export function openLog(dest?: string): DestinationStream {
  return new GatheredLines(
    pino.destination({
      ...(dest === undefined ? { dest: 1 } : { dest, mode: 0o600 }),
      sync: false,
      maxWrite: WRITTEN_BYTES,
      maxLength: KEPT_BYTES,
    }),
  );
}

/**
 * Gathers lines before pino's own stream gets them: that one gathers, too, but measures and queues them one by one, which takes longer
 * than making them.
 */
class GatheredLines implements DestinationStream {
  readonly #file: ReturnType<typeof pino.destination>;
  #lines = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(file: ReturnType<typeof pino.destination>) {
    this.#file = file;
    // Before that of the stream, which writes what it has then.
    process.prependListener("exit", () => this.#handOver());
  }

  write(line: string): void {
    this.#lines += line;
    if (this.#lines.length >= TOGETHER_CHARACTERS) this.#handOver();
    else this.#timer ??= setTimeout(() => this.#handOver(), WAIT_MS);
  }

  /** For pino, before it tells that a fault ends the process. */
  flushSync(): void {
    this.#handOver();
    this.#file.flushSync();
  }

  #handOver(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines === "") return;
    this.#file.write(this.#lines);
    this.#lines = "";
  }
}
