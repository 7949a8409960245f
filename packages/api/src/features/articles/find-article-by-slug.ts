import type { ArticleBySlugInput, ArticleDetail } from "@lectern/contract/articles";
import { arrayOf, text } from "@lectern/database/codecs";
import { LookUps } from "@lectern/database/look-ups";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { article, articleFormerSlug } from "@lectern/database/schema/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { articleSummaryColumns, toArticleSummary } from "./article-summary.ts";

const articlesBySlug = prepared("articles.bySlug", { slugs: arrayOf(article.slug) }, (q, $) =>
  q
    .select({
      ...articleSummaryColumns,
      body: article.body,
      version: article.version,
      updatedAt: article.updatedAt,
    })
    .from(article)
    .leftJoin(topic, eq(topic.id, article.topicId))
    .where(
      and(
        sql`${article.slug} = ANY(${$.slugs})`,
        eq(article.status, "published"),
        // One may be for later.
        sql`${article.publishedAt} <= now()`,
      ),
    ),
);

type ArticleRow = NonNullable<Awaited<ReturnType<typeof articlesBySlug.first>>>;

const lookUps = new LookUps<ArticleRow>(
  (db, slugs) => articlesBySlug.execute(db, { slugs }),
  ({ slug }) => slug,
);

const articleOfFormerSlug = prepared("articles.bySlug.former", { slug: text }, (q, $) =>
  q
    .select({ slug: article.slug })
    .from(articleFormerSlug)
    .innerJoin(article, eq(article.id, articleFormerSlug.articleId))
    .where(eq(articleFormerSlug.slug, $.slug)),
);

/** The address that an article has now goes before one that another had. */
async function find(db: Database, slug: string): Promise<ArticleRow | undefined> {
  const found = await lookUps.find(db, slug);
  if (found !== undefined) return found;
  const moved = await articleOfFormerSlug.first(db, { slug });
  return moved && lookUps.find(db, moved.slug);
}

/**
 * A published article with its text. An address that it had before finds it, too: the answer says which one it
 * has now.
 *
 * @throws NotFound, for drafts, retired ones and those that are for later too
 */
export async function findArticleBySlug(
  db: Database,
  _call: Call,
  { slug }: z.infer<typeof ArticleBySlugInput>,
): Promise<z.infer<typeof ArticleDetail>> {
  const row = await find(db, slug);
  if (row === undefined) throw notFound("article", slug);
  return {
    ...toArticleSummary(row),
    body: row.body,
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
  };
}
