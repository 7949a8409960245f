import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

export const occupancyReportRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/reports/occupancy",
  staticData: { page: "src/routes/office/reports/occupancy/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OccupancyReportPage"),
  head: officeHead("page_reports"),
});
