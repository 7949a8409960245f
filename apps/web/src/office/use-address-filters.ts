import { useLocation, useRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { parseSearch, stringifySearch } from "../routes/search-string.ts";
import {
  type FilterShape,
  type FiltersOf,
  countFilters,
  readFilters,
  writeFilters,
} from "./address-filters.ts";

/** The filters of a list, and ways to change them. */
export interface AddressFilters<Filters> {
  readonly filters: Filters;
  /** How many choices are made. */
  readonly count: number;
  /** The filters as they stand in the address, `""` without any: what saved filters keep. */
  readonly query: string;
  /** Changes some; `undefined` takes one away. */
  set(this: void, changes: Partial<Filters>): void;
  clear(this: void): void;
  /** Goes to filters as `query` gives them. */
  apply(this: void, query: string): void;
}

/**
 * Reads and writes the filters of a page's address. What else stands in the address stays.
 *
 * @param shape declared once, outside of components: see `address-filters.ts`
 */
export function useAddressFilters<Shape extends FilterShape>(
  shape: Shape,
): AddressFilters<FiltersOf<Shape>> {
  const router = useRouter();
  const { pathname, search } = useLocation();
  const address = stringifySearch(search);
  // The same object for as long as the address is the same: lists are asked for by it.
  const filters = useMemo(() => readFilters(shape, parseSearch(address)), [shape, address]);
  const others = Object.fromEntries(
    Object.entries(search).filter(([name]) => !Object.hasOwn(shape.shape, name)),
  );
  function go(query: string): void {
    void router.navigate({ href: pathname + query, replace: true, resetScroll: false });
  }
  return {
    filters,
    count: countFilters(filters),
    query: stringifySearch(writeFilters(filters)),
    set: (changes) =>
      go(stringifySearch({ ...others, ...writeFilters({ ...filters, ...changes }) })),
    clear: () => go(stringifySearch(others)),
    apply: (query) => go(query),
  };
}
