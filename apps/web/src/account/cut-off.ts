import { useSyncExternalStore } from "react";

/** Whether somebody wants to be signed out, and the server can't be told. */
let isCutOff = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** While it is so, the site shows nothing but that. */
export function setCutOff(value: boolean): void {
  isCutOff = value;
  for (const listener of listeners) listener();
}

export function useIsCutOff(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isCutOff,
    () => false,
  );
}
