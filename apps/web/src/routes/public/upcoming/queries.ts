import type { Api } from "../../../data/api.ts";
import { listFrom } from "../../../data/list-from.ts";
import { language } from "../../../language/language.ts";
import { type FilterSearch, filterOf } from "../filters/filter-search.ts";

const PAGE_SIZE = 24;

/** What the list of dates shows for an address. */
export function upcomingQueries(api: Api, search: FilterSearch) {
  return {
    runs: api.runs.upcoming.infiniteQueryOptions(
      { ...filterOf(search), language: language(), limit: PAGE_SIZE },
      {
        ...listFrom(search.cursor),
        getNextPageParam: ({ nextCursor }) => nextCursor,
      },
    ),
    // What there is to choose from does not depend on what is chosen.
    facets: api.courses.facets.queryOptions({}),
  };
}
