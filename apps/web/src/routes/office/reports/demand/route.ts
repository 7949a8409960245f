import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

export const demandReportRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/reports/demand",
  staticData: { page: "src/routes/office/reports/demand/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "DemandReportPage"),
  head: officeHead("page_reports"),
});
