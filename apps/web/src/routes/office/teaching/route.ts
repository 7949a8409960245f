import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** What somebody teaches. */
export const teachingRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/teaching",
  staticData: { page: "src/routes/office/teaching/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "TeachingPage"),
  head: officeHead("page_teaching"),
});
