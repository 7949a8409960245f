import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** The companies that book for their people. */
export const officeOrganisationsRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/organisations",
  staticData: { page: "src/routes/office/organisations/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeOrganisationsPage"),
  head: officeHead("page_organisations"),
});
