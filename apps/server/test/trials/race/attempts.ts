import { setMaxListeners } from "node:events";
import { type LecternClient, createClient, newIdempotencyKey, safe } from "@lectern/client";
import type { LecternProcess } from "../../support/lectern-process.ts";

/** One who wants places, and what became of it. */
export interface Attempt {
  readonly places: number;
  readonly reference: string | undefined;
  /** The domain's word for a refusal, or what else went wrong. */
  readonly refusal: string | undefined;
}

/** So many wait for an answer at once, as many browsers would. */
const AT_ONCE = 300;

setMaxListeners(AT_ONCE * 4);

/** @returns a client without retries for each server */
export function clientsOf(servers: readonly LecternProcess[]): readonly LecternClient[] {
  return servers.map(({ url }) => createClient({ url, maxRetries: 0, timeoutMs: 60_000 }));
}

/** Runs tasks, so many at once, in order. */
export async function runAll<T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let index = next++; index < count; index = next++) results[index] = await task(index);
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, work));
  return results;
}

/**
 * Lets so many come for the places of one run, three out of four for themselves and one with a group of
 * two to four, each to one of the servers in turn.
 */
export function attemptAll(
  clients: readonly LecternClient[],
  runId: string,
  count: number,
): Promise<Attempt[]> {
  return runAll(count, async (index) => {
    const client = clients[index % clients.length];
    if (client === undefined) throw new TypeError("There is no server to ask");
    const places = index % 4 === 3 ? 2 + (index % 3) : 1;
    const answer = await safe(
      client.bookings.hold.mutate({ runId, places, idempotencyKey: newIdempotencyKey() }),
    );
    return answer.ok
      ? { places, reference: answer.data.reference, refusal: undefined }
      : { places, reference: undefined, refusal: answer.error.code };
  });
}
