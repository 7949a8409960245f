import type { FastifyBaseLogger } from "fastify";

/** How long a stop may take before the process ends all the same. */
const STOP_TIMEOUT_MS = 20_000;
const PARENT_CHECK_MS = 1000;
/** A Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 500;

/** That this process is to stop, and why. A second request ends the process at once. */
export class StopRequest {
  readonly #asked = Promise.withResolvers<string>();
  #askedAt: number | undefined;

  /** Comes with the reason. */
  get asked(): Promise<string> {
    return this.#asked.promise;
  }

  get isAsked(): boolean {
    return this.#askedAt !== undefined;
  }

  ask(reason: string): void {
    if (this.#askedAt === undefined) {
      this.#askedAt = performance.now();
      this.#asked.resolve(reason);
    } else if (performance.now() - this.#askedAt >= SAME_SIGNAL_MS) {
      process.exit(130);
    }
  }

  /** From now on SIGINT, SIGTERM and SIGHUP are such requests. */
  listenToSignals(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        this.ask(signal);
      });
    }
  }

  /** From now on the end of the process that started this one is such a request. */
  listenToParent(): void {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent && !this.isAsked) this.ask("the parent process is gone");
    }, PARENT_CHECK_MS).unref();
  }

  /**
   * Waits for the request, and stops.
   *
   * @param stop what takes too long is not waited for: the process ends
   */
  async follow(logger: FastifyBaseLogger, stop: () => Promise<void>): Promise<void> {
    const reason = await this.asked;
    logger.info({ reason }, "stopping");
    setTimeout(() => {
      logger.fatal("stopping took too long");
      process.exit(1);
    }, STOP_TIMEOUT_MS).unref();
    await stop();
    logger.info("stopped");
  }
}
