import type { RouterOutputs } from "@lectern/client";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { formatInstantDay } from "../../../format/dates.ts";
import { Markdown } from "../../../markdown/markdown.tsx";
import "./article-view.css";

type Article = Pick<
  RouterOutputs["articles"]["bySlug"],
  "title" | "summary" | "body" | "author" | "language" | "topic" | "publishedAt" | "readingMinutes"
>;

/** All that readers see of an article. */
export function ArticleView({ article }: { article: Article }) {
  const t = useTranslations();
  const { topic, publishedAt } = article;
  return (
    <article className="page article">
      <header className="article-head">
        <nav aria-label={t("site.breadcrumbs")} className="label">
          <Link to="/articles">{t("articles.title")}</Link>
        </nav>
        <h1 lang={article.language}>{article.title}</h1>
        <p className="article-summary" lang={article.language}>
          {article.summary}
        </p>
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
      <div className="article-body" lang={article.language}>
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
