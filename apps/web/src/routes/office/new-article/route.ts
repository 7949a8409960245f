import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** An article begins. */
export const newArticleRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/articles/new",
  staticData: { page: "src/routes/office/new-article/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "NewArticlePage"),
  head: officeHead("page_articles"),
});
