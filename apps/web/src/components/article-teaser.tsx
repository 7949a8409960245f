import type { ArticleSummary } from "@lectern/contract/articles";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { formatInstantDay } from "../format/dates.ts";
import "./article-teaser.css";

/** An article in a list. The first of a list may be its lead, and speak louder. */
export function ArticleTeaser(props: { article: ArticleSummary; isLead?: boolean; level?: 2 | 3 }) {
  const t = useTranslations("articles");
  const { article, isLead = false, level = 3 } = props;
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <article className={isLead ? "article-teaser article-teaser-lead" : "article-teaser"}>
      <p className="article-teaser-when label">
        {article.publishedAt === null ? null : (
          <time dateTime={article.publishedAt} suppressHydrationWarning>
            {formatInstantDay(article.publishedAt)}
          </time>
        )}
        {article.topic === null ? null : <span>{article.topic.name}</span>}
      </p>
      <Heading className="article-teaser-title" lang={article.language}>
        <Link to="/articles/$slug" params={{ slug: article.slug }}>
          {article.title}
        </Link>
      </Heading>
      <p className="article-teaser-summary" lang={article.language}>
        {article.summary}
      </p>
      <p className="facts">
        <span>{t("by", { author: article.author })}</span>
        <span>{t("minutes", { count: article.readingMinutes })}</span>
      </p>
    </article>
  );
}
