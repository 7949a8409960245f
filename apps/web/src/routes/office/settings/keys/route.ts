import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** What personal fields are encrypted with. */
export const officeKeysRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings/keys",
  staticData: { page: "src/routes/office/settings/keys/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeKeysPage"),
  head: officeHead("page_settings"),
});
