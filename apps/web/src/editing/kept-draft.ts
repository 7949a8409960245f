import { DRAFTS, readStored, writeStored } from "../browser/stored.ts";

/**
 * What was typed and is not saved yet, kept on the device: it outlives a reload, a crash and signing out. Offered is
 * it to who typed it alone.
 */

/** As it is kept: the fields that were changed, as they were and as they are. */
export interface KeptDraft {
  readonly personId: string;
  /** When it was typed, ISO 8601. */
  readonly at: string;
  /** The version that it began with. */
  readonly version: number;
  readonly base: object;
  readonly mine: object;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKeptDraft(value: unknown): value is KeptDraft {
  return (
    isObject(value) &&
    "personId" in value &&
    typeof value.personId === "string" &&
    "at" in value &&
    typeof value.at === "string" &&
    "version" in value &&
    typeof value.version === "number" &&
    "base" in value &&
    isObject(value.base) &&
    "mine" in value &&
    isObject(value.mine)
  );
}

/** @returns where the draft of something is kept; each person has their own */
function nameOf(what: string, personId: string): string {
  return `${DRAFTS}${what}-${personId}`;
}

export function readDraft(what: string, personId: string): KeptDraft | undefined {
  try {
    const stored: unknown = JSON.parse(readStored(nameOf(what, personId)) ?? "null");
    return isKeptDraft(stored) && stored.personId === personId ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** @returns whether the device has room for it */
export function keepDraft(what: string, draft: KeptDraft): boolean {
  const name = nameOf(what, draft.personId);
  const text = JSON.stringify(draft);
  writeStored(name, text);
  try {
    return localStorage.getItem(name) === text;
  } catch {
    return false;
  }
}

export function forgetDraft(what: string, personId: string): void {
  if (readStored(nameOf(what, personId)) !== null) writeStored(nameOf(what, personId), null);
}
