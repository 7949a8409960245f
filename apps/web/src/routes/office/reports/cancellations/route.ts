import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

export const cancellationsReportRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/reports/cancellations",
  staticData: { page: "src/routes/office/reports/cancellations/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "CancellationsReportPage"),
  head: officeHead("page_reports"),
});
