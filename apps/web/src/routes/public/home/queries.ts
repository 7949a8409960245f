import type { Api } from "../../../data/api.ts";

/** What the first page shows. */
export function homeQueries(api: Api) {
  return {
    topics: api.courses.topics.queryOptions(),
    courses: api.courses.list.queryOptions({ sort: "next_run", limit: 6 }),
    runs: api.runs.upcoming.queryOptions({ limit: 6 }),
    articles: api.articles.list.queryOptions({ limit: 3 }),
  };
}
