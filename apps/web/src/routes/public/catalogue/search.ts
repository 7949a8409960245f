import { type FilterSearch, filterSearchOf, textOf } from "../filters/filter-search.ts";

export const SORTS = ["relevance", "title", "next_run"] as const;
export type Sort = (typeof SORTS)[number];

/** The catalogue's address: filters, and an order. */
export interface CatalogueSearch extends FilterSearch {
  /** Without it: by relevance when there is a query, else by title. */
  sort?: Sort | undefined;
}

/** Reads the catalogue's address; what is not right in it is left out. */
export function catalogueSearchOf(raw: Readonly<Record<string, unknown>>): CatalogueSearch {
  const sort = textOf(raw["sort"]);
  return { ...filterSearchOf(raw), sort: SORTS.find((name) => name === sort) };
}
