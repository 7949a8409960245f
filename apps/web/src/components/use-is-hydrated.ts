import { useSyncExternalStore } from "react";

function never(): () => void {
  return () => {};
}

/**
 * @returns whether the page is alive in a browser: `false` on the server and while the browser takes
 *   over what the server rendered, so that both agree
 */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
