/**
 * Values in the browser's storage, and who wants to know when they change. Storage may be switched off
 * or full: then values last as long as the page.
 */

const listeners = new Set<() => void>();
const unstored = new Map<string, string>();

export function subscribeToStorage(listener: () => void): () => void {
  listeners.add(listener);
  globalThis.addEventListener("storage", listener);
  // A page that was put aside and is shown again has missed what happened meanwhile.
  globalThis.addEventListener("pageshow", listener);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener("storage", listener);
    globalThis.removeEventListener("pageshow", listener);
  };
}

/** @returns what is kept under a name, or `null` */
export function readStored(name: string): string | null {
  try {
    return localStorage.getItem(name) ?? unstored.get(name) ?? null;
  } catch {
    return unstored.get(name) ?? null;
  }
}

function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
    unstored.delete(name);
  } catch {
    if (value === null) unstored.delete(name);
    else unstored.set(name, value);
  }
}

/** Keeps a value under a name, or forgets it. */
export function writeStored(name: string, value: string | null): void {
  keep(name, value);
  for (const listener of listeners) listener();
}

/** What the names of all that this site keeps begin with. */
const OURS = "lectern-";

/** What the names of drafts begin with: what was typed and is not saved yet outlives signing out. */
export const DRAFTS = "lectern-draft-";

/** @returns the names of all that is kept which begin so */
export function storedNames(beginning: string): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(beginning));
  } catch {
    return [];
  }
}

/**
 * Forgets all that this site keeps, of the tab and of the browser, but what is given. What a page shows stays as it is
 * until the next one is there, or it is told otherwise.
 */
export function forgetAllStored(but: ReadonlyMap<string, string>): void {
  try {
    // Of the tab, also where somebody was on which page.
    sessionStorage.clear();
    for (const name of storedNames(OURS)) localStorage.removeItem(name);
  } catch {
    // Switched off: then nothing was kept there.
  }
  unstored.clear();
  for (const [name, value] of but) keep(name, value);
}
