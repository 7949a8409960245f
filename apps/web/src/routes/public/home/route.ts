import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { academyThing } from "../../../seo/academy.ts";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";
import { homeQueries } from "./queries.ts";

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  staticData: { page: "src/routes/public/home/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "HomePage"),
  loader: async ({ context: { api, queryClient } }) => {
    const queries = homeQueries(api);
    await Promise.all([
      queryClient.ensureQueryData(queries.topics),
      queryClient.ensureQueryData(queries.courses),
      queryClient.ensureQueryData(queries.runs),
      queryClient.ensureQueryData(queries.articles),
    ]);
  },
  head: ({ match: { context } }) =>
    pageHead({
      ...context,
      title: context.translate("home.title"),
      description: context.translate("site.description"),
      path: "/",
      about: academyThing(context),
    }),
});
