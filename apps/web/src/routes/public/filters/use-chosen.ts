import { useLocation } from "@tanstack/react-router";

/**
 * What is chosen right now: where the visitor is going, as soon as they say so, while the list still
 * shows what it was narrowed by before. Else a slow answer would look like a choice that was not heard,
 * and the next choice would forget it.
 *
 * @param path of the page
 * @param shown what the list shows
 * @param read reads what is chosen out of an address
 */
export function useChosen<Search>(
  path: string,
  shown: Search,
  read: (raw: Readonly<Record<string, unknown>>) => Search,
): Search {
  const { pathname, search } = useLocation();
  return pathname === path ? read({ ...search }) : shown;
}
