import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** Many dates at once. */
export const seriesRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/schedule/series",
  staticData: { page: "src/routes/office/schedule/series/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "SeriesPage"),
  head: officeHead("page_schedule"),
});
