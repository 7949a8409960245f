import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** Who changed what. */
export const officeAuditRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings/audit",
  staticData: { page: "src/routes/office/settings/audit/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeAuditPage"),
  head: officeHead("page_settings"),
});
