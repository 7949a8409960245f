import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { runInput } from "../../../data/inputs.ts";
import { loadOrNotFound } from "../../../data/load.ts";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

export const bookingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/book/$runId",
  staticData: { page: "src/routes/public/booking/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "BookingPage"),
  loader: async ({ context: { api, queryClient }, params: { runId } }) => {
    const [run] = await Promise.all([
      loadOrNotFound(queryClient, api.runs.byId.queryOptions(runInput(runId))),
      // What it costs is there from the beginning; without it, the page asks again.
      queryClient.prefetchQuery(api.prices.quote.queryOptions({ runId, places: 1 })),
    ]);
    return run;
  },
  head: ({ match: { context }, loaderData: run }) => {
    if (run === undefined) return {};
    return pageHead({
      ...context,
      title: context.translate("titles.booking", { course: run.course.title }),
      description: context.translate("titles.upcomingWords"),
      path: `/book/${run.id}`,
      isPrivate: true,
    });
  },
});
