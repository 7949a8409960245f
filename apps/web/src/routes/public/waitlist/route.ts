import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

/** A place in a waiting list, for whoever has its link: what opens it stands after `#`. */
export const waitlistRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/waitlist",
  staticData: { page: "src/routes/public/waitlist/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "WaitlistPage"),
  head: ({ match: { context } }) =>
    pageHead({
      ...context,
      title: context.translate("titles.waitlist"),
      description: context.translate("titles.waitlistWords"),
      path: "/waitlist",
      isPrivate: true,
    }),
});
