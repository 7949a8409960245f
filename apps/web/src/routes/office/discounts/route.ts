import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** The discount codes. */
export const officeDiscountsRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/discounts",
  staticData: { page: "src/routes/office/discounts/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeDiscountsPage"),
  head: officeHead("page_discounts"),
});
