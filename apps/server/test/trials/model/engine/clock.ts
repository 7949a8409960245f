import type { Minutes } from "../rules/academy.ts";

const MINUTE_MS = 60_000;

/**
 * All times of a history are multiples of this. So what takes a moment in the engine, and none by the
 * rules, makes no difference, as long as a history is over by then.
 */
export const TICK: Minutes = 5;

/** A tick, less the seconds of the minute in which a history began. */
const LONGEST_MS = (TICK - 1) * MINUTE_MS;

/**
 * The time of a history. Nobody waits for it to pass: whatever times the engine has stored are moved
 * into the past instead.
 */
export class Clock {
  readonly #startedMs = Date.now();
  readonly #beginMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  #passed: Minutes = 0;

  /** @throws Error once a history takes so long that its times can't be told apart any more */
  requireInTime(): void {
    if (Date.now() - this.#startedMs < LONGEST_MS) return;
    throw new Error("A history took minutes: this machine has too much else to do");
  }

  pass(minutes: Minutes): void {
    this.#passed += minutes;
  }

  /** @returns when that is, as the engine has to store it now */
  dateAt(minutes: Minutes): Date {
    return new Date(this.#beginMs + (minutes - this.#passed) * MINUTE_MS);
  }

  /** @returns when that is, so many minutes from now: the same whenever it is asked, as time does not pass */
  dateIn(minutes: Minutes): Date {
    return new Date(this.#beginMs + minutes * MINUTE_MS);
  }

  /** @param ms a time that the engine has stored, in milliseconds since 1970 */
  minutesAt(ms: number): Minutes {
    const minutes = (ms - this.#beginMs) / MINUTE_MS + this.#passed;
    return Math.floor(minutes / TICK) * TICK;
  }
}
