import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** All reports at a glance. */
export const reportsRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/reports",
  staticData: { page: "src/routes/office/reports/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "ReportsPage"),
  head: officeHead("page_reports"),
});
