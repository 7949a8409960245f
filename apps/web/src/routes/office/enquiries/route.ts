import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** The enquiries: on a board by state, or as a list. */
export const officeEnquiriesRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/enquiries",
  staticData: { page: "src/routes/office/enquiries/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeEnquiriesPage"),
  head: officeHead("page_enquiries"),
});
