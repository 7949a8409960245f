import { ArticleChanged, type ArticleRetireInput } from "@lectern/contract/articles";
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
 * Takes an article off the site. One that was to come out later has never been there: it is a draft again.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for one that is not published;
 *   IdempotencyMismatch
 */
export async function retireArticle(
  db: Database,
  call: Call,
  input: z.infer<typeof ArticleRetireInput>,
): Promise<z.infer<typeof ArticleChanged>> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "articles.retire", input, ArticleChanged, () => retire(tx, call, input)),
  );
}

async function retire(
  tx: Transaction,
  call: Call,
  input: z.infer<typeof ArticleRetireInput>,
): Promise<z.infer<typeof ArticleChanged>> {
  const { state: before } = await requireVersion(tx, input.id, input.version);
  if (before !== "published" && before !== "scheduled") {
    throw conflict("article", "wrong_state", "This article is not published.", before);
  }
  const status = before === "scheduled" ? "draft" : "retired";
  const [retired] = await tx
    .update(article)
    .set({
      status,
      ...(status === "draft" && { publishedAt: null }),
      version: sql`${article.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(article.id, input.id))
    .returning(articleChangedColumns);
  if (retired === undefined) throw notFound("article", input.id);
  await recordAudit(tx, call, {
    action: "article.retire",
    entity: "article",
    entityId: input.id,
    before: { status: before },
    after: { status },
  });
  return retired;
}
