import type { ArticleState } from "@lectern/contract/articles";
import { article } from "@lectern/database/schema/articles";
import type { Transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { conflict, notFound } from "../../domain-error.ts";

/** The columns of the answer to every change of an article. */
export const articleChangedColumns = {
  id: article.id,
  slug: article.slug,
  status: article.status,
  version: article.version,
};

/** What an `article` is to its editors. */
export const articleState = sql<ArticleState>`(
  CASE WHEN ${article.status} = 'published' AND ${article.publishedAt} > now() THEN 'scheduled'
    ELSE ${article.status}::text END)`;

/**
 * Locks an article whose version is the one that was read.
 *
 * @returns its state and address
 * @throws NotFound, Conflict `changed_meanwhile`
 */
export async function requireVersion(
  tx: Transaction,
  id: string,
  version: number,
): Promise<{ readonly state: ArticleState; readonly slug: string }> {
  const [found] = await tx
    .select({ state: articleState, slug: article.slug, version: article.version })
    .from(article)
    .where(eq(article.id, id))
    .for("no key update");
  if (found === undefined) throw notFound("article", id);
  if (found.version !== version) {
    throw conflict(
      "article",
      "changed_meanwhile",
      "Somebody changed this article since you read it: read it again.",
      `version ${found.version}`,
    );
  }
  return found;
}
