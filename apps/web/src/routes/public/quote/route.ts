import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

/** A quote, for whoever has its link: what opens it stands after `#`. */
export const quoteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/quote",
  staticData: { page: "src/routes/public/quote/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "QuotePage"),
  head: ({ match: { context } }) =>
    pageHead({
      ...context,
      title: context.translate("titles.quote"),
      description: context.translate("titles.quoteWords"),
      path: "/quote",
      isPrivate: true,
    }),
});
