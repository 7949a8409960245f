import { useSyncExternalStore } from "react";
import { readStored, subscribeToStorage, writeStored } from "../browser/stored.ts";
import { RECENT_COURSES } from "./recent-courses.ts";

/** Name of the entry in the browser's storage. */
export const CONSENT = "lectern-consent";

/** Whether the visitor lets the site remember the courses they look at: the one thing that is optional. */
export type Consent = "granted" | "denied" | "undecided";

function readConsent(): Consent {
  const stored = readStored(CONSENT);
  return stored === "granted" || stored === "denied" ? stored : "undecided";
}

/** Keeps the choice; what was remembered goes with the consent. */
export function giveConsent(consent: "granted" | "denied"): void {
  writeStored(CONSENT, consent);
  if (consent === "denied") writeStored(RECENT_COURSES, null);
}

/** @returns the choice; `undefined` on the server, which does not know it */
export function useConsent(): Consent | undefined {
  return useSyncExternalStore(subscribeToStorage, readConsent, () => undefined);
}
