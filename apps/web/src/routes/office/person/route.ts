import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** Somebody with an account, as staff see them. */
export const officePersonRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/people/$id",
  staticData: { page: "src/routes/office/person/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficePersonPage"),
  head: officeHead("page_people"),
});
