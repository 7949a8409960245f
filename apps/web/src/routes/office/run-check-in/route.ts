import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** Who is there, marked at the door. */
export const runCheckInRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/runs/$runId/check-in",
  staticData: { page: "src/routes/office/run-check-in/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "CheckInPage"),
  head: officeHead("page_schedule"),
});
