/** So many wait at most: who comes then is told to come again. */
export interface SemaphoreOptions {
  /** How many work at once. */
  readonly permits: number;
  /** How many may wait. */
  readonly queue: number;
}

/** Too many wait already. */
export class TooManyWaiting extends Error {
  override readonly name = "TooManyWaiting";
}

/**
 * Lets so many work at once and the others wait, in the order in which they came; those who are let
 * through first (`isUrgent`) wait in a queue of their own.
 */
export class Semaphore {
  readonly #queue: number;
  readonly #urgent: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor({ permits, queue }: SemaphoreOptions) {
    this.#free = permits;
    this.#queue = queue;
  }

  /** @throws TooManyWaiting, never for what is urgent */
  async run<T>(work: () => Promise<T>, options: { readonly isUrgent?: boolean } = {}): Promise<T> {
    await this.#enter(options.isUrgent ?? false);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(isUrgent: boolean): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    if (!isUrgent && this.#waiting.length >= this.#queue) throw new TooManyWaiting();
    await new Promise<void>((resolve) => {
      (isUrgent ? this.#urgent : this.#waiting).push(resolve);
    });
  }

  #leave(): void {
    // The permit is handed on: nobody who comes meanwhile goes first.
    const next = this.#urgent.shift() ?? this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
