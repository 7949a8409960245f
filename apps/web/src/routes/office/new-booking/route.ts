import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** A booking that staff make for somebody: `?run=` says of which date. */
export const newBookingRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/bookings/new",
  staticData: { page: "src/routes/office/new-booking/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "NewBookingPage"),
  head: officeHead("page_bookings"),
});
