import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { loadFromCursor } from "../../../data/load.ts";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";
import { countFilters, filterSearchOf } from "../filters/filter-search.ts";
import { upcomingQueries } from "./queries.ts";

export const upcomingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/upcoming",
  staticData: { page: "src/routes/public/upcoming/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "UpcomingPage"),
  validateSearch: filterSearchOf,
  loaderDeps: ({ search }) => search,
  // While another choice loads, the filters stay where they are.
  pendingMs: Number.POSITIVE_INFINITY,
  loader: async ({ context: { api, queryClient }, deps }) => {
    const queries = upcomingQueries(api, deps);
    await loadFromCursor(
      Promise.all([
        queryClient.ensureInfiniteQueryData(queries.runs),
        queryClient.ensureQueryData(queries.facets),
      ]),
      () =>
        redirect({
          to: "/upcoming",
          search: { ...deps, cursor: undefined },
          replace: true,
          throw: true,
        }),
    );
  },
  head: ({ match: { context, search } }) =>
    pageHead({
      ...context,
      title: context.translate("titles.upcoming"),
      description: context.translate("titles.upcomingWords"),
      path: "/upcoming",
      isPrivate: countFilters(search) > 0 || search.cursor !== undefined,
    }),
});
