import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** The bookings, found by what is known of them. */
export const officeBookingsRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/bookings",
  staticData: { page: "src/routes/office/bookings/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeBookingsPage"),
  head: officeHead("page_bookings"),
});
