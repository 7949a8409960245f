import type { ArticleBySlugInput, ArticleDetail } from "@lectern/contract/articles";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { article } from "@lectern/database/schema/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { articleSummaryColumns, toArticleSummary } from "./article-summary.ts";

const articleBySlug = prepared("articles.bySlug", { slug: article.slug }, (q, $) =>
  q
    .select({
      ...articleSummaryColumns,
      body: article.body,
      version: article.version,
      updatedAt: article.updatedAt,
    })
    .from(article)
    .leftJoin(topic, eq(topic.id, article.topicId))
    .where(and(eq(article.slug, $.slug), eq(article.status, "published"))),
);

/** A published article with its text. @throws NotFound, for drafts and retired ones too */
export async function findArticleBySlug(
  db: Database,
  _call: Call,
  { slug }: z.infer<typeof ArticleBySlugInput>,
): Promise<z.infer<typeof ArticleDetail>> {
  const row = await articleBySlug.first(db, { slug });
  if (row === undefined) throw notFound("article", slug);
  return {
    ...toArticleSummary(row),
    body: row.body,
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
  };
}
