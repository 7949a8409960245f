import type { Api } from "../../../data/api.ts";
import { language } from "../../../language/language.ts";

/** What the first page shows. */
export function homeQueries(api: Api) {
  const inOurs = { language: language() };
  return {
    topics: api.courses.topics.queryOptions(),
    courses: api.courses.list.queryOptions({ ...inOurs, sort: "next_run", limit: 6 }),
    runs: api.runs.upcoming.queryOptions({ ...inOurs, limit: 6 }),
    articles: api.articles.list.queryOptions({ limit: 3 }),
  };
}
