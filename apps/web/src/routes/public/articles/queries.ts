import type { Api } from "../../../data/api.ts";
import { listFrom } from "../../../data/list-from.ts";

const PAGE_SIZE = 13;

/** The articles, newest first, page by page. */
export function articlesQuery(api: Api, cursor: string | undefined) {
  return api.articles.list.infiniteQueryOptions(
    { limit: PAGE_SIZE },
    { ...listFrom(cursor), getNextPageParam: ({ nextCursor }) => nextCursor },
  );
}
