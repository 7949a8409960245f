import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** One article, as it is written. */
export const officeArticleRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/articles/$id",
  staticData: { page: "src/routes/office/article/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeArticlePage"),
  head: officeHead("page_articles"),
});
