import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

export const enquiriesReportRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/reports/enquiries",
  staticData: { page: "src/routes/office/reports/enquiries/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "EnquiriesReportPage"),
  head: officeHead("page_reports"),
});
