import type { RunState, RunsWatchInput } from "@lectern/contract/live";
import type { z } from "zod";
import { notFound } from "../../domain-error.ts";
import type { LiveStates } from "../../shared/live/live.ts";
import type { LiveUpdate } from "../../shared/live/watch.ts";

/**
 * Watches the places of runs: the current state of each, and each again whenever it differs. Runs that
 * the public may not see are left out. One that is withdrawn later is told of as `not_published`.
 *
 * @param signal ends it
 * @returns once there is something to tell
 * @throws NotFound when there is none of them that the public may see
 */
export async function watchRuns(
  live: LiveStates,
  input: z.infer<typeof RunsWatchInput>,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<LiveUpdate<RunState>, void>> {
  const runIds = [...new Set(input.runIds.map((id) => id.toLowerCase()))];
  const watched = runIds.map((runId) => ({ key: runId, runId }));
  const watch = live.runs.watch(watched, input.lastEventId, signal);
  if (!(await watch.seen())) {
    watch.end();
    throw notFound("run", input.runIds[0] ?? "");
  }
  return watch;
}
