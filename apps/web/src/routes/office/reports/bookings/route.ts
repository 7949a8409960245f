import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

export const bookingsReportRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/reports/bookings",
  staticData: { page: "src/routes/office/reports/bookings/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "BookingsReportPage"),
  head: officeHead("page_reports"),
});
