import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { formatInstantDay } from "../../../format/dates.ts";
import { Markdown } from "../../../markdown/markdown.tsx";
import "./page.css";

const route = getRouteApi("/articles/$slug");

export function ArticlePage() {
  const t = useTranslations();
  const { slug } = route.useParams();
  const { data: article } = useSuspenseQuery(useApi().articles.bySlug.queryOptions({ slug }));
  const { topic, publishedAt } = article;
  return (
    <article className="page article" lang={article.language}>
      <header className="article-head">
        <nav aria-label={t("site.breadcrumbs")} className="label">
          <Link to="/articles">{t("articles.title")}</Link>
        </nav>
        <h1>{article.title}</h1>
        <p className="article-summary">{article.summary}</p>
        <p className="facts">
          <span>{t("articles.by", { author: article.author })}</span>
          {publishedAt === null ? null : (
            <time dateTime={publishedAt} suppressHydrationWarning>
              {formatInstantDay(publishedAt)}
            </time>
          )}
          <span>{t("articles.minutes", { count: article.readingMinutes })}</span>
        </p>
      </header>
      <div className="article-body">
        <Markdown text={article.body} />
      </div>
      <footer className="article-foot">
        {topic === null ? null : (
          <Link to="/courses" search={{ topic: [topic.slug] }} className="onward">
            {t("articles.courses", { topic: topic.name })}
          </Link>
        )}
        <Link to="/articles" className="onward">
          {t("articles.all")}
        </Link>
      </footer>
    </article>
  );
}
