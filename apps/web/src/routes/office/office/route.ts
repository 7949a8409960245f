import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { rootRoute } from "../../root.tsx";

/** What stands around every page of the back office. */
export const officeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/office",
  staticData: { page: "src/routes/office/office/page.tsx", isPrivate: true, isFramed: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeFramePage"),
  head: officeHead("page_today"),
});

export const officeIndexRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/",
  beforeLoad: () => redirect({ to: "/office/today", throw: true }),
});
