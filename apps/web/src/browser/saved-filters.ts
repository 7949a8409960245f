/** What the names begin with under which somebody's filters are kept, followed by who they are. */
export const SAVED_FILTERS = "lectern-office-filters-";

/** @returns the names of all that are kept here: they stay when somebody signs out */
export function savedFilterNames(): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(SAVED_FILTERS));
  } catch {
    // Switched off.
    return [];
  }
}
