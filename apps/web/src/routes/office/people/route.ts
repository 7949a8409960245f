import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** Everybody with an account: customers, and those who work for the academy. */
export const officePeopleRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/people",
  staticData: { page: "src/routes/office/people/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficePeoplePage"),
  head: officeHead("page_people"),
});
