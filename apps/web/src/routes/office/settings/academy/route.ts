import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** What holds for the academy as a whole. */
export const academySettingsRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings/academy",
  staticData: { page: "src/routes/office/settings/academy/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "AcademySettingsPage"),
  head: officeHead("page_settings"),
});
