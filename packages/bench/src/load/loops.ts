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
  return tallyOf(latencies, countedUntil - from, outcomes);
}

function tallyOf(
  latencies: readonly number[],
  milliseconds: number,
  outcomes: ReadonlyMap<string, number>,
): Tally {
  return {
    perSecond: latencies.length / (milliseconds / 1000),
    p50Ms: latencies.length === 0 ? null : quantile(latencies, 0.5),
    p99Ms: latencies.length === 0 ? null : quantile(latencies, 0.99),
    p999Ms: latencies.length === 0 ? null : quantile(latencies, 0.999),
    outcomes: Object.fromEntries(outcomes),
  };
}

/**
 * An open loop: attempts begin at a steady rate, whoever is still waiting for an answer, as visitors who do not know
 * of each other. An attempt for which no client is free waits for one; its time is counted from when it was due, so that
 * a server which stands still for a second shows in all that were due in that second.
 *
 * @throws what the first attempt threw that failed, once all have ended
 */
export async function runSteadily(
  attempts: Attempts,
  order: Pick<Order, "clients" | "rampMs" | "durationMs"> & { readonly perSecond: number },
): Promise<Tally> {
  const begun = performance.now();
  const from = begun + order.rampMs;
  const until = from + order.durationMs;
  const outcomes = new Map<string, number>();
  const latencies: number[] = [];
  const failures: unknown[] = [];
  const free = Array.from({ length: order.clients }, (_, client) => client);
  const waiting: ((client: number) => void)[] = [];

  function someClient(): Promise<number> {
    const client = free.pop();
    return client === undefined
      ? new Promise((resolve) => waiting.push(resolve))
      : Promise.resolve(client);
  }

  async function attemptAt(due: number): Promise<void> {
    const client = await someClient();
    try {
      const outcome = await attempts.attempt(client);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (due >= from) latencies.push(performance.now() - due);
    } catch (error) {
      failures.push(error);
    }
    const next = waiting.shift();
    if (next === undefined) free.push(client);
    else next(client);
  }

  const underWay: Promise<void>[] = [];
  for (let due = begun; due < until && failures.length === 0; due += 1000 / order.perSecond) {
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    underWay.push(attemptAt(due));
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
  return tallyOf(latencies, order.durationMs, outcomes);
}
