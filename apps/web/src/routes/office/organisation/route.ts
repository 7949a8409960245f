import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** One company, as staff see it. */
export const officeOrganisationRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/organisations/$id",
  staticData: { page: "src/routes/office/organisation/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeOrganisationPage"),
  head: officeHead("page_organisations"),
});
