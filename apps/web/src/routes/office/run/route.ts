import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** One date: who comes, what is written to them, whose its places are, and what happened. */
export const runRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/runs/$runId",
  staticData: { page: "src/routes/office/run/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "RunPage"),
  head: officeHead("page_schedule"),
});
