import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** The places where courses are taught. */
export const officeVenuesRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings/venues",
  staticData: { page: "src/routes/office/settings/venues/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeVenuesPage"),
  head: officeHead("page_settings"),
});
