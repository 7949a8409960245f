import { z } from "zod";
import { SAVED_FILTERS } from "../browser/saved-filters.ts";
import { readStored, writeStored } from "../browser/stored.ts";

const MANY = 30;
export const NAME_MAX = 60;

const SavedFilter = z.object({
  id: z.string().max(50),
  page: z.string().max(50),
  name: z.string().min(1).max(NAME_MAX),
  /** The query of the address. */
  query: z
    .string()
    .max(2000)
    .regex(/^(?:\?.*)?$/u),
});
export type SavedFilter = z.infer<typeof SavedFilter>;

/** @returns the name of what is kept: each person has their own, for browsers are shared */
export function savedFiltersOf(personId: string): string {
  return SAVED_FILTERS + personId;
}

/** @returns what is kept in a text, whatever is not right left out */
export function parseSaved(text: string | null): readonly SavedFilter[] {
  if (text === null) return [];
  try {
    const stored: unknown = JSON.parse(text);
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((one) => SavedFilter.safeParse(one).data ?? []).slice(0, MANY);
  } catch {
    // Written by something else.
    return [];
  }
}

function change(
  personId: string,
  to: (saved: readonly SavedFilter[]) => readonly SavedFilter[],
): void {
  const name = savedFiltersOf(personId);
  writeStored(name, JSON.stringify(to(parseSaved(readStored(name))).slice(0, MANY)));
}

/** Keeps filters under a name; of several of that name on a page, the last. */
export function saveFilter(personId: string, filter: SavedFilter): void {
  change(personId, (saved) => [
    ...saved.filter(({ page, name }) => page !== filter.page || name !== filter.name),
    filter,
  ]);
}

export function renameFilter(personId: string, id: string, name: string): void {
  change(personId, (saved) => saved.map((one) => (one.id === id ? { ...one, name } : one)));
}

export function deleteFilter(personId: string, id: string): void {
  change(personId, (saved) => saved.filter((one) => one.id !== id));
}
