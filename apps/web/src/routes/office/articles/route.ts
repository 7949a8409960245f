import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** The articles, in every state. */
export const officeArticlesRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/articles",
  staticData: { page: "src/routes/office/articles/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeArticlesPage"),
  head: officeHead("page_articles"),
});
