import { type QueryKey, hashKey } from "@tanstack/react-query";

/**
 * Keeps a list that begins where an address says apart from the one that begins at its beginning: the keys of lists
 * say what is listed, and not from where on.
 *
 * @param cursor of the address
 * @returns options of the query
 */
export function listFrom(cursor: string | undefined) {
  return {
    initialCursor: cursor ?? null,
    queryKeyHashFn: (key: QueryKey) => hashKey(cursor === undefined ? key : [...key, cursor]),
  };
}
