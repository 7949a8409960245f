import type { LinkKind } from "../link-keys/link-key.ts";

/**
 * The keys of the links that were followed in this tab: to a place in a waiting list, a claim, a booking to
 * approve, a quote. They open those like a password, so they last as long as the tab, and are never part of an
 * address that is sent anywhere.
 */

const STORED = "lectern-links";

export interface LinkKey {
  readonly kind: LinkKind;
  /** What stands in the link before the key. */
  readonly id: string;
  readonly key: string;
  /** Of a place in a waiting list that was got in this tab. */
  readonly runId: string | null;
}

/** Where storage is switched off, keys last as long as the page. */
let unstored: readonly LinkKey[] = [];

function isLinkKey(value: unknown): value is LinkKey {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    "id" in value &&
    "key" in value &&
    "runId" in value
  );
}

function readKeys(): readonly LinkKey[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? "null");
    return Array.isArray(stored) ? stored.filter(isLinkKey) : unstored;
  } catch {
    // Switched off, or written by something else.
    return unstored;
  }
}

function writeKeys(keys: readonly LinkKey[]): void {
  unstored = keys;
  try {
    sessionStorage.setItem(STORED, JSON.stringify(keys));
  } catch {
    // Kept above.
  }
}

/** Keeps a link's key; of several for one thing, the last. */
export function keepLinkKey(link: LinkKey): void {
  const others = readKeys().filter(({ kind, id }) => kind !== link.kind || id !== link.id);
  writeKeys([...others, link]);
}

/** After what a link was good for, once, is done. */
export function forgetLinkKey(kind: LinkKind, id: string): void {
  writeKeys(readKeys().filter((link) => link.kind !== kind || link.id !== id));
}

/** When somebody signs out: whoever comes next has no business with them. */
export function forgetLinkKeys(): void {
  writeKeys([]);
}

/**
 * @param id `""`: of the last that was followed
 * @returns the key, if the link was followed in this tab
 */
export function linkKeyOf(kind: LinkKind, id: string): LinkKey | undefined {
  return readKeys().findLast((link) => link.kind === kind && (id === "" || link.id === id));
}

/** @returns the key of the last place in a run's waiting list that was got in this tab */
export function waitlistKeyOfRun(runId: string): LinkKey | undefined {
  return readKeys().findLast((link) => link.kind === "waitlist" && link.runId === runId);
}
