import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { loadOrNotFound } from "../../../data/load.ts";
import { articleThing } from "../../../seo/article-thing.ts";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

export const articleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/articles/$slug",
  staticData: { page: "src/routes/public/article/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "ArticlePage"),
  loader: async ({ context: { api, queryClient }, params: { slug } }) => {
    const found = await loadOrNotFound(queryClient, api.articles.bySlug.queryOptions({ slug }));
    // An address that it had before leads to the one that it has now.
    if (found.slug !== slug) {
      const params = { slug: found.slug };
      redirect({ to: "/articles/$slug", params, statusCode: 301, throw: true });
    }
    return found;
  },
  head: ({ match: { context }, loaderData: article }) => {
    if (article === undefined) return {};
    return pageHead({
      ...context,
      title: article.title,
      description: article.summary,
      path: `/articles/${article.slug}`,
      kind: "article",
      about: [articleThing(article, context.origin)],
    });
  },
});
