import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** What is done later, and what of it failed. */
export const officeJobsRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings/jobs",
  staticData: { page: "src/routes/office/settings/jobs/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeJobsPage"),
  head: officeHead("page_settings"),
});
