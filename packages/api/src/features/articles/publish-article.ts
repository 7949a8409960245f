import {
  ArticleChanged,
  type ArticlePublishInput,
  type ArticleState,
} from "@lectern/contract/articles";
import type { Database } from "@lectern/database/queryable";
import { article } from "@lectern/database/schema/articles";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { articleChangedColumns, requireVersion } from "./article-changed.ts";

/**
 * Publishes a draft, or an article that was retired, at once or at a time that is still to come. At once, one
 * keeps the day on which it first came out.
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
  const { state: before } = await requireVersion(tx, input.id, input.version);
  if (before === "published") {
    throw conflict("article", "wrong_state", "This article is published already.", before);
  }
  const at = new Date(input.at ?? Number.NaN);
  const isForLater = at.getTime() > Date.now();
  const [published] = await tx
    .update(article)
    .set({
      status: "published",
      publishedAt: isForLater ? at : firstOut(before),
      version: sql`${article.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(article.id, input.id))
    .returning(articleChangedColumns);
  if (published === undefined) throw notFound("article", input.id);
  await recordAudit(tx, call, {
    action: "article.publish",
    entity: "article",
    entityId: input.id,
    before: { status: before },
    after: { status: "published", ...(isForLater && { at: at.toISOString() }) },
  });
  return published;
}

/** One that came out before keeps that day; one that was to come out later has none yet. */
function firstOut(before: ArticleState) {
  return before === "scheduled"
    ? sql`clock_timestamp()`
    : sql`coalesce(${article.publishedAt}, clock_timestamp())`;
}
