import { useSyncExternalStore } from "react";
import { readStored, subscribeToStorage, writeStored } from "../browser/stored.ts";

/** Name of the entry in the browser's storage; `before-paint.js` looks there as well. */
export const SIGNED_IN = "lectern-signed-in";

function readHint(): boolean {
  return readStored(SIGNED_IN) !== null;
}

/**
 * Keeps whether somebody is signed in here, and not who. What tells that is a cookie that no script can read;
 * without this, every page would have to ask, for every visitor.
 */
export function keepSignedInHint(isSignedIn: boolean): void {
  if (isSignedIn !== readHint()) writeStored(SIGNED_IN, isSignedIn ? "yes" : null);
  if (!isSignedIn) delete document.documentElement.dataset["account"];
}

/** @returns whether somebody is signed in, as far as this browser knows; on the server nobody is */
export function useSignedInHint(): boolean {
  return useSyncExternalStore(subscribeToStorage, readHint, () => false);
}
