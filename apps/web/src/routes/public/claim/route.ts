import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

/** A place that somebody booked for whoever has the link: what opens it stands after `#`. */
export const claimRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/claim",
  staticData: { page: "src/routes/public/claim/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "ClaimPage"),
  head: ({ match: { context } }) =>
    pageHead({
      ...context,
      title: context.translate("titles.claim"),
      description: context.translate("titles.claimWords"),
      path: "/claim",
      isPrivate: true,
    }),
});
