import { quantile } from "../statistics.ts";
import type { Order, Tally } from "./messages.ts";

/** Something that can be done again and again, by several clients at the same time. */
export interface Attempts extends AsyncDisposable {
  /** @returns how it came out, in a word or two @throws whatever makes the measurement worthless */
  attempt(client: number): Promise<string>;
}

/**
 * Closed loops: each client begins its next attempt when the one before has ended.
 *
 * @throws what the first attempt threw that failed, once all clients have ended
 */
export async function runLoops(
  attempts: Attempts,
  order: Pick<Order, "clients" | "rampMs" | "durationMs" | "attempts">,
): Promise<Tally> {
  const from = performance.now() + order.rampMs;
  const until = from + order.durationMs;
  const outcomes = new Map<string, number>();
  const latencies: number[] = [];
  let countedUntil = until;
  let remaining = order.attempts ?? Number.POSITIVE_INFINITY;
  let hasFailed = false;

  /** A machine that is too busy for a single answer gets the time that this one takes. */
  function isTimeLeft(now: number): boolean {
    return now < until || (latencies.length === 0 && order.attempts === null);
  }

  async function loop(client: number): Promise<void> {
    for (let begun = performance.now(); begun < until && remaining > 0 && !hasFailed;) {
      remaining -= 1;
      const outcome = await attempts.attempt(client);
      const ended = performance.now();
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (ended >= from && isTimeLeft(ended)) {
        latencies.push(ended - begun);
        countedUntil = Math.max(until, ended);
      }
      begun = ended;
    }
  }

  const ends = await Promise.allSettled(
    Array.from({ length: order.clients }, async (_, client) => {
      try {
        await loop(client);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }),
  );
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return {
    perSecond: latencies.length / ((countedUntil - from) / 1000),
    p50Ms: latencies.length === 0 ? null : quantile(latencies, 0.5),
    p99Ms: latencies.length === 0 ? null : quantile(latencies, 0.99),
    outcomes: Object.fromEntries(outcomes),
  };
}
