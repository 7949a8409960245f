import { useSyncExternalStore } from "react";

/** As wide as a week fits into. */
const WIDE = "(min-width: 48rem)";

function subscribe(listener: () => void): () => void {
  const query = globalThis.matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** @returns whether a list is better than a grid here */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => !globalThis.matchMedia(WIDE).matches,
    () => false,
  );
}
