import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** One booking. */
export const officeBookingRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/bookings/$reference",
  staticData: { page: "src/routes/office/booking/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeBookingPage"),
  head: officeHead("page_bookings"),
});
