import type { RunState } from "@lectern/contract/live";
import type { RunSummary } from "@lectern/contract/runs";

/** @returns the run with the places that it has now; the same run where that is nothing new */
export function withState<Run extends RunSummary>(run: Run, state: RunState): Run {
  const { capacity, placesLeft, bookability } = state;
  const isSame =
    run.capacity === capacity && run.placesLeft === placesLeft && run.bookability === bookability;
  return run.id !== state.runId || isSame ? run : { ...run, capacity, placesLeft, bookability };
}
