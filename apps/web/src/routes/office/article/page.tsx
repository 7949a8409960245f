import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { ArticleEditor } from "./article-editor.tsx";

const route = getRouteApi("/office/articles/$id");

export function OfficeArticlePage() {
  const { id } = route.useParams();
  const article = useQuery(useApi().articles.forEditing.queryOptions({ id }));
  return <Loaded query={article}>{(found) => <ArticleEditor key={id} article={found} />}</Loaded>;
}
