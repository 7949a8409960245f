import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** The mails that were written. */
export const officeMailRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/settings/mail",
  staticData: { page: "src/routes/office/settings/mail/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeMailPage"),
  head: officeHead("page_settings"),
});
