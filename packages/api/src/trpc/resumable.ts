import { tracked, type TrackedEnvelope } from "@trpc/server";
import type { LiveUpdate } from "../shared/live/watch.ts";

/** Hands the updates of a use case on as events that a client can go on from after a lost connection. */
export async function* resumable<Data>(
  updates: AsyncIterable<LiveUpdate<Data>, void>,
): AsyncGenerator<TrackedEnvelope<Data>, void> {
  for await (const { id, data } of updates) yield tracked(id, data);
}
