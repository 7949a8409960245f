import { IMPORT_BATCH_MAX, type ImportOutcome } from "@lectern/contract/courses";
import { type LecternClientError, isLecternFailure } from "@lectern/client";
import { setTimeout as sleep } from "node:timers/promises";

/** Sends records in batches that the academy takes. */

/** Well below what a server accepts in one body. */
const BATCH_BYTES = 2_000_000;
const ATTEMPTS = 4;
const PASSING = new Set(["ConnectionFailed", "TimedOut", "Unavailable", "RateLimited"]);

function isPassing(error: unknown): error is LecternClientError {
  return isLecternFailure(error) && PASSING.has(error.code);
}

/**
 * Repeats a call that failed for a passing reason. Records are recognised by their identifiers, so
 * that sending a batch twice has the effect of sending it once.
 */
async function repeated<Answer>(
  call: () => Promise<Answer>,
  attempts: number,
  signal: AbortSignal,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error) || attempt >= attempts) throw error;
      await sleep(500 * 2 ** attempt, undefined, { signal });
    }
  }
}

interface Waiting<Item, Context> {
  readonly item: Item;
  readonly context: Context;
}

export interface BatchOptions<Item, Context> {
  readonly send: (items: Item[]) => Promise<{ outcomes: readonly ImportOutcome[] }>;
  readonly onOutcome: (outcome: ImportOutcome, item: Item, context: Context) => void;
  readonly signal: AbortSignal;
}

/** Collects records, and sends as many at a time as fit. */
export class Batches<Item, Context> {
  readonly #options: BatchOptions<Item, Context>;
  #waiting: Waiting<Item, Context>[] = [];
  #bytes = 0;
  #hasAnswered = false;

  constructor(options: BatchOptions<Item, Context>) {
    this.#options = options;
  }

  /** @param context given back with the record's outcome */
  async add(item: Item, context: Context): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(item));
    if (this.#bytes + bytes > BATCH_BYTES) await this.flush();
    this.#waiting.push({ item, context });
    this.#bytes += bytes;
    if (this.#waiting.length >= IMPORT_BATCH_MAX) await this.flush();
  }

  /** Sends what is waiting. */
  async flush(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    this.#bytes = 0;
    const { send, onOutcome, signal } = this.#options;
    const items = batch.map(({ item }) => item);
    // An academy that never answered is told of at once; one that did is worth waiting for.
    const attempts = this.#hasAnswered ? ATTEMPTS : 1;
    const { outcomes } = await repeated(() => send(items), attempts, signal);
    this.#hasAnswered = true;
    for (const [position, { item, context }] of batch.entries()) {
      const outcome = outcomes[position];
      if (outcome !== undefined) onOutcome(outcome, item, context);
    }
  }
}
