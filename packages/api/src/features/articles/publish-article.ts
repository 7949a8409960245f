import { ArticleChanged, type ArticlePublishInput } from "@lectern/contract/articles";
import type { Database } from "@lectern/database/queryable";
import { article } from "@lectern/database/schema/articles";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireVersion } from "./write-article.ts";

/**
 * Publishes a draft, or an article that was retired: it keeps the day on which it first came out.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for one that is published;
 *   IdempotencyMismatch
 */
export async function publishArticle(
  db: Database,
  call: Call,
  input: z.infer<typeof ArticlePublishInput>,
): Promise<z.infer<typeof ArticleChanged>> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "articles.publish", input, ArticleChanged, () => publish(tx, call, input)),
  );
}

async function publish(
  tx: Transaction,
  call: Call,
  input: z.infer<typeof ArticlePublishInput>,
): Promise<z.infer<typeof ArticleChanged>> {
  const before = await requireVersion(tx, input.id, input.version);
  if (before === "published") {
    throw conflict("article", "wrong_state", "This article is published already.", before);
  }
  const [published] = await tx
    .update(article)
    .set({
      status: "published",
      publishedAt: sql`coalesce(${article.publishedAt}, clock_timestamp())`,
      version: sql`${article.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(article.id, input.id))
    .returning({
      id: article.id,
      slug: article.slug,
      status: article.status,
      version: article.version,
    });
  if (published === undefined) throw notFound("article", input.id);
  await recordAudit(tx, call, {
    action: "article.publish",
    entity: "article",
    entityId: input.id,
    before: { status: before },
    after: { status: "published" },
  });
  return published;
}
