import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** The providers at which people sign in. */
export const officeSignInRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings/sign-in",
  staticData: { page: "src/routes/office/settings/sign-in/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeSignInPage"),
  head: officeHead("page_settings"),
});
