import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { loadFromCursor } from "../../../data/load.ts";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";
import { countFilters } from "../filters/filter-search.ts";
import { catalogueQueries } from "./queries.ts";
import { catalogueSearchOf } from "./search.ts";

export const catalogueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/courses",
  staticData: { page: "src/routes/public/catalogue/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "CataloguePage"),
  validateSearch: catalogueSearchOf,
  loaderDeps: ({ search }) => search,
  // While another choice loads, the filters stay where they are.
  pendingMs: Number.POSITIVE_INFINITY,
  loader: async ({ context: { api, queryClient }, deps }) => {
    const queries = catalogueQueries(api, deps);
    const [facets] = await loadFromCursor(
      Promise.all([
        queryClient.ensureQueryData(queries.facets),
        queryClient.ensureInfiniteQueryData(queries.courses),
      ]),
      () =>
        redirect({
          to: "/courses",
          search: { ...deps, cursor: undefined },
          replace: true,
          throw: true,
        }),
    );
    const [only, ...others] = deps.topic ?? [];
    return {
      topic: others.length === 0 ? facets.topics.find(({ value }) => value === only) : undefined,
    };
  },
  head: ({ match: { context, search }, loaderData }) => {
    const { translate } = context;
    const topic = loaderData?.topic;
    const filters = countFilters(search);
    const isOneTopic = topic !== undefined && filters === 1;
    let title = translate("catalogue.title");
    if (search.q !== undefined) title = translate("catalogue.titleOfQuery", { query: search.q });
    else if (isOneTopic) title = translate("catalogue.titleOfTopic", { topic: topic.label });
    return pageHead({
      ...context,
      title,
      description: translate("catalogue.description"),
      // One topic is a page of its own; every other choice is a view of the whole.
      path: isOneTopic ? `/courses?topic=${topic.value}` : "/courses",
      isPrivate: search.q !== undefined || filters > 1 || search.cursor !== undefined,
    });
  },
});
