import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

export const privacyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/privacy",
  staticData: { page: "src/routes/public/privacy/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "PrivacyPage"),
  head: ({ match: { context } }) =>
    pageHead({
      ...context,
      title: context.translate("privacy.title"),
      description: context.translate("privacy.description"),
      path: "/privacy",
    }),
});
