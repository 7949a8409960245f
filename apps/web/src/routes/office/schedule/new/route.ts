import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../../office/office-head.ts";
import { officeRoute } from "../../office/route.ts";

/** One more date. */
export const newRunRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/schedule/new",
  staticData: { page: "src/routes/office/schedule/new/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "NewRunPage"),
  head: officeHead("page_schedule"),
});
