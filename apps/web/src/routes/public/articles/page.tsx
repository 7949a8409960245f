import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { ArticleTeaser } from "../../../components/article-teaser.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { MoreLink } from "../../../components/more-link.tsx";
import { useApi } from "../../../data/api.ts";
import { articlesQuery } from "./queries.ts";
import "./page.css";

const route = getRouteApi("/articles");

export function ArticlesPage() {
  const t = useTranslations();
  const { cursor } = route.useSearch();
  const articles = useSuspenseInfiniteQuery(articlesQuery(useApi(), cursor));
  const [lead, ...others] = articles.data.pages.flatMap((page) => page.items);
  const total = articles.data.pages[0]?.total ?? 0;
  const nextCursor = articles.data.pages.at(-1)?.nextCursor ?? null;
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("articles.title")}</h1>
        <p className="page-head-lede">{t("articles.lede")}</p>
      </header>
      {lead === undefined ? (
        <EmptyState title={t("articles.emptyTitle")} words={t("articles.emptyWords")} />
      ) : (
        <>
          <div className="articles-lead">
            <ArticleTeaser article={lead} isLead level={2} />
          </div>
          <div className="articles-others">
            {others.map((article) => (
              <ArticleTeaser key={article.id} article={article} level={2} />
            ))}
          </div>
        </>
      )}
      {nextCursor === null ? null : (
        <MoreLink
          to="/articles"
          search={{ cursor: nextCursor }}
          label={t("articles.more")}
          note={t("catalogue.shown", { shown: others.length + 1, total })}
          list={articles}
        />
      )}
    </div>
  );
}
