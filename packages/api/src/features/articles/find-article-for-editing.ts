import type { ArticleForEditing, ArticleForEditingInput } from "@lectern/contract/articles";
import type { Database } from "@lectern/database/queryable";
import { article } from "@lectern/database/schema/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { articleSummaryColumns, toArticleSummary } from "./article-summary.ts";
import { articleEditingColumns } from "./list-articles-for-editing.ts";

/** Who changed the article last: the audit log knows. */
const updatedBy = sql<ArticleForEditing["updatedBy"]>`(
  SELECT json_build_object('kind', entry.actor_kind, 'name', (
    SELECT p.name FROM person AS p WHERE entry.actor_kind = 'person' AND p.id::text = entry.actor_id))
  FROM audit_entry AS entry WHERE entry.entity = 'article' AND entry.entity_id = article.id
  ORDER BY entry.id DESC LIMIT 1)`;

/** An article whole, in whatever state, for who writes it. @throws NotFound */
export async function findArticleForEditing(
  db: Database,
  _call: Call,
  { id }: z.infer<typeof ArticleForEditingInput>,
): Promise<ArticleForEditing> {
  const [found] = await db
    .select({
      ...articleSummaryColumns,
      ...articleEditingColumns,
      body: article.body,
      createdAt: article.createdAt,
      updatedBy: updatedBy.as("updated_by"),
    })
    .from(article)
    .leftJoin(topic, eq(topic.id, article.topicId))
    .where(eq(article.id, id));
  if (found === undefined) throw notFound("article", id);
  return {
    ...toArticleSummary(found),
    state: found.state,
    body: found.body,
    createdAt: found.createdAt.toISOString(),
    updatedAt: found.updatedAt.toISOString(),
    updatedBy: found.updatedBy,
    version: found.version,
  };
}
