import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** All parts of the settings at a glance. */
export const settingsRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings",
  staticData: { page: "src/routes/office/settings/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "SettingsPage"),
  head: officeHead("page_settings"),
});
