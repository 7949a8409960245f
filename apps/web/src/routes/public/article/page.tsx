import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../../data/api.ts";
import { ArticleView } from "./article-view.tsx";

const route = getRouteApi("/articles/$slug");

export function ArticlePage() {
  const { slug } = route.useParams();
  const { data: article } = useSuspenseQuery(useApi().articles.bySlug.queryOptions({ slug }));
  return <ArticleView article={article} />;
}
