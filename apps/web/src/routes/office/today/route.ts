import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** What needs a decision. */
export const todayRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/today",
  staticData: { page: "src/routes/office/today/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "TodayPage"),
  head: officeHead("page_today"),
});
