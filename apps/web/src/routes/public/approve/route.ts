import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

/** A booking that its company has to approve, for whoever was asked: what opens it stands after `#`. */
export const approveRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/approve",
  staticData: { page: "src/routes/public/approve/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "ApprovePage"),
  head: ({ match: { context } }) =>
    pageHead({
      ...context,
      title: context.translate("titles.approval"),
      description: context.translate("titles.approvalWords"),
      path: "/approve",
      isPrivate: true,
    }),
});
