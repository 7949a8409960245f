import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** One place with its rooms, or the rooms that are nowhere. */
export const officeVenueRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings/venues/$id",
  staticData: { page: "src/routes/office/settings/venue/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeVenuePage"),
  head: officeHead("page_settings"),
});
