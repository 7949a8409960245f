import type { Api } from "../../../data/api.ts";
import { listFrom } from "../../../data/list-from.ts";
import { language } from "../../../language/language.ts";
import { filterOf } from "../filters/filter-search.ts";
import type { CatalogueSearch } from "./search.ts";

const PAGE_SIZE = 18;

/** What the catalogue shows for an address: courses, page by page, and what each choice would leave. */
export function catalogueQueries(api: Api, search: CatalogueSearch) {
  const filter = filterOf(search);
  return {
    courses: api.courses.list.infiniteQueryOptions(
      { ...filter, sort: search.sort, language: language(), limit: PAGE_SIZE },
      {
        ...listFrom(search.cursor),
        getNextPageParam: ({ nextCursor }) => nextCursor,
      },
    ),
    facets: api.courses.facets.queryOptions(filter),
  };
}
