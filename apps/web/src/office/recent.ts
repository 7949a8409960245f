import { readStored, writeStored } from "../browser/stored.ts";

/** Pages that somebody went to by the command palette, the last first: kept on their device. */

/** Of each person their own: browsers are shared. */
function nameFor(personId: string): string {
  return `lectern-office-recent-${personId}`;
}

const MANY = 6;

export interface RecentPage {
  readonly address: string;
  readonly words: string;
}

function isRecentPage(value: unknown): value is RecentPage {
  return (
    typeof value === "object" &&
    value !== null &&
    "address" in value &&
    typeof value.address === "string" &&
    value.address.startsWith("/office/") &&
    "words" in value &&
    typeof value.words === "string"
  );
}

/** @returns the pages, whatever else stands there left out */
export function recentPages(personId: string): readonly RecentPage[] {
  try {
    const stored: unknown = JSON.parse(readStored(nameFor(personId)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isRecentPage).slice(0, MANY) : [];
  } catch {
    return [];
  }
}

export function keepRecentPage(personId: string, { address, words }: RecentPage): void {
  const others = recentPages(personId).filter((page) => page.address !== address);
  const pages = [{ address, words }, ...others].slice(0, MANY);
  writeStored(nameFor(personId), JSON.stringify(pages));
}
