import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** What people asked about their data, and how long it is kept. */
export const officePrivacyRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings/privacy",
  staticData: { page: "src/routes/office/settings/privacy/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficePrivacyPage"),
  head: officeHead("page_settings"),
});
