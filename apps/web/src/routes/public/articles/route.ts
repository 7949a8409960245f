import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { loadFromCursor } from "../../../data/load.ts";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";
import { filterSearchOf } from "../filters/filter-search.ts";
import { articlesQuery } from "./queries.ts";

export const articlesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/articles",
  staticData: { page: "src/routes/public/articles/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "ArticlesPage"),
  validateSearch: (raw: Record<string, unknown>): { cursor?: string | undefined } => ({
    cursor: filterSearchOf(raw).cursor,
  }),
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { api, queryClient }, deps: { cursor } }) => {
    await loadFromCursor(queryClient.ensureInfiniteQueryData(articlesQuery(api, cursor)), () =>
      redirect({ to: "/articles", replace: true, throw: true }),
    );
  },
  head: ({ match: { context, search } }) =>
    pageHead({
      ...context,
      title: context.translate("articles.title"),
      description: context.translate("articles.description"),
      path: "/articles",
      isPrivate: search.cursor !== undefined,
    }),
});
