import { FairLine } from "./fair-line.ts";

export interface SemaphoreOptions {
  /** How many work at once. */
  readonly permits: number;
  /** How many may wait, of those who are let through first and of all others each. */
  readonly queue: number;
  /** Milliseconds that anybody waits at most. */
  readonly waitMs: number;
}

/** For whom something is to be done. */
export interface Visitor {
  /** Who shares turns and places: such as a network, or a person who is known. */
  readonly caller: string;
  /** Is let through first. */
  readonly isUrgent?: boolean;
  /** Aborted once nobody waits for the outcome any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Too many wait already, or it took too long. */
export class TooManyWaiting extends Error {
  override readonly name = "TooManyWaiting";
  /** When it may be worth to come again. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Too many are waiting: there may be room in ${retryAfterSeconds} s`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

interface Waiting {
  readonly caller: string;
  letIn(): void;
  sendAway(): void;
}

/** Of the others, one is let in after so many who are let through first: nobody is passed by for ever. */
const URGENT_IN_A_ROW = 3;

/** What is taken for the time of a piece of work before one was seen, in milliseconds. */
const SUPPOSED_MS = 100;
/** How much of what is known of that time the last piece of work is worth. */
const NEWS = 0.1;

/**
 * Lets so many work at once. The others wait for a bounded time in lines of bounded length, which callers share
 * equally: `FairLine`. Who has gone meanwhile is left out.
 */
export class Semaphore {
  readonly #options: SemaphoreOptions;
  readonly #urgent: FairLine<Waiting>;
  readonly #others: FairLine<Waiting>;
  #free: number;
  #urgentInARow = 0;
  #workMs = SUPPOSED_MS;

  constructor(options: SemaphoreOptions) {
    this.#options = options;
    this.#free = options.permits;
    this.#urgent = new FairLine(options.queue);
    this.#others = new FairLine(options.queue);
  }

  /**
   * @returns what the work comes to
   * @throws TooManyWaiting where there is no room to wait, or not any more; the signal's reason for who has gone
   */
  async run<T>(visitor: Visitor, work: () => Promise<T>): Promise<T> {
    await this.#enter(visitor);
    const begun = performance.now();
    try {
      visitor.signal?.throwIfAborted();
      const result = await work();
      this.#workMs += NEWS * (performance.now() - begun - this.#workMs);
      return result;
    } finally {
      this.#leave();
    }
  }

  /** @returns whether this visitor would be let in now, or find room to wait */
  hasRoomFor({ caller, isUrgent = false }: Visitor): boolean {
    return this.#free > 0 || this.#lineOf(isUrgent).hasRoomFor(caller);
  }

  /**
   * @returns what those are told for whom there is no room: to come again after a time that is scattered over twice what
   *   the line takes, so that who were sent away together don't come back together
   */
  tooMany(): TooManyWaiting {
    const { permits } = this.#options;
    const ms = ((this.#urgent.size + this.#others.size + permits) * this.#workMs) / permits;
    return new TooManyWaiting(Math.ceil((ms * (1 + Math.random())) / 1000));
  }

  #lineOf(isUrgent: boolean): FairLine<Waiting> {
    return isUrgent ? this.#urgent : this.#others;
  }

  async #enter({ caller, isUrgent = false, signal }: Visitor): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const line = this.#lineOf(isUrgent);
    const turn = Promise.withResolvers<void>();
    const waiting: Waiting = {
      caller,
      letIn: turn.resolve,
      sendAway: () => turn.reject(this.tooMany()),
    };
    line.add(waiting)?.sendAway();
    const timer = setTimeout(() => {
      if (line.remove(waiting)) waiting.sendAway();
    }, this.#options.waitMs);
    const goAway = () => {
      if (line.remove(waiting)) turn.reject(signal?.reason);
    };
    signal?.addEventListener("abort", goAway, { once: true });
    try {
      await turn.promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", goAway);
    }
  }

  #leave(): void {
    // The permit is handed on: nobody who comes meanwhile goes first.
    const next = this.#next();
    if (next === undefined) this.#free += 1;
    else next.letIn();
  }

  #next(): Waiting | undefined {
    const isUrgentsTurn = this.#urgentInARow < URGENT_IN_A_ROW || this.#others.size === 0;
    const urgent = isUrgentsTurn ? this.#urgent.next() : undefined;
    this.#urgentInARow = urgent === undefined ? 0 : this.#urgentInARow + 1;
    return urgent ?? this.#others.next();
  }
}
