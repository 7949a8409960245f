import type { ArticleSummary } from "@lectern/contract/articles";
import { article } from "@lectern/database/schema/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { sql } from "drizzle-orm";

/** An article as lists show it. Queries that use it join `topic` on the left. */
export const articleSummaryColumns = {
  id: article.id,
  slug: article.slug,
  title: article.title,
  summary: article.summary,
  author: article.author,
  language: article.language,
  status: article.status,
  publishedAt: article.publishedAt,
  topicSlug: topic.slug,
  topicName: topic.name,
  words: sql<number>`array_length(regexp_split_to_array(btrim(${article.body}), '\\s+'), 1)`.as(
    "words",
  ),
};

export interface ArticleSummaryRow {
  id: string;
  slug: string;
  title: string;
  summary: string;
  author: string;
  language: string;
  status: ArticleSummary["status"];
  publishedAt: Date | null;
  topicSlug: string | null;
  topicName: string | null;
  words: number;
}

/** Words a minute that adults read silently: Brysbaert (2019), "How many words do we read per minute?" */
const READING_SPEED = 238;

/** @returns the article as the contract describes it */
export function toArticleSummary(row: ArticleSummaryRow): ArticleSummary {
  const { topicSlug, topicName } = row;
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    summary: row.summary,
    author: row.author,
    language: row.language,
    topic: topicSlug === null || topicName === null ? null : { slug: topicSlug, name: topicName },
    status: row.status,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    readingMinutes: Math.max(1, Math.round(row.words / READING_SPEED)),
  };
}
