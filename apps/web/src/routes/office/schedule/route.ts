import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** The academy's calendar. */
export const scheduleRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/schedule",
  staticData: { page: "src/routes/office/schedule/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "SchedulePage"),
  head: officeHead("page_schedule"),
});
