import { ArticleChanged, type ArticleWriteInput } from "@lectern/contract/articles";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { article, articleFormerSlug } from "@lectern/database/schema/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, invalid, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { articleChangedColumns, requireVersion } from "./article-changed.ts";

type WriteInput = z.infer<typeof ArticleWriteInput>;

/**
 * Writes a new article as a draft, or a new version of one, which keeps its state.
 *
 * @throws NotFound for the article or its topic; Conflict `changed_meanwhile` and `already_exists`
 *   (another article has the slug); Invalid for an id without a version; IdempotencyMismatch
 */
export async function writeArticle(
  db: Database,
  call: Call,
  input: WriteInput,
): Promise<z.infer<typeof ArticleChanged>> {
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "articles.write", input, ArticleChanged, async () => {
        const changed = await upsert(tx, input);
        await recordAudit(tx, call, {
          action: "article.write",
          entity: "article",
          entityId: changed.id,
          before: changed.version === 1 ? null : { version: changed.version - 1 },
          after: { version: changed.version, slug: changed.slug, status: changed.status },
        });
        return changed;
      }),
    );
  } catch (error) {
    if (!violates(error, "article_slug_key")) throw error;
    throw conflict("article", "already_exists", "Another article has this address.", "slug");
  }
}

async function upsert(tx: Transaction, input: WriteInput): Promise<z.infer<typeof ArticleChanged>> {
  const content = {
    slug: input.slug,
    title: input.title,
    summary: input.summary,
    body: input.body,
    author: input.author,
    language: input.language,
    topicId: await findTopicId(tx, input.topic ?? null),
  };
  const id = input.id ?? null;
  if (id === null) {
    const [created] = await tx
      .insert(article)
      .values({ id: uuidv7(), ...content })
      .returning(articleChangedColumns);
    if (created === undefined) throw new Error("The article was not inserted");
    return created;
  }
  const { version = null } = input;
  if (version === null) throw invalid("version", "Say which version of the article was read.");
  const before = await requireVersion(tx, id, version);
  if (before.state !== "draft") await keepSlug(tx, id, before.slug, input.slug);
  const [updated] = await tx
    .update(article)
    .set({
      ...content,
      version: sql`${article.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(article.id, id))
    .returning(articleChangedColumns);
  if (updated === undefined) throw notFound("article", id);
  return updated;
}

async function findTopicId(tx: Transaction, slug: string | null): Promise<string | null> {
  if (slug === null) return null;
  const [found] = await tx.select({ id: topic.id }).from(topic).where(eq(topic.slug, slug));
  if (found === undefined) throw notFound("topic", slug);
  return found.id;
}

/** Keeps the address that an article has, before it gets another, so that links to it go on leading there. */
async function keepSlug(tx: Transaction, articleId: string, from: string, to: string) {
  if (to === from) return;
  await tx
    .insert(articleFormerSlug)
    .values({ slug: from, articleId })
    .onConflictDoUpdate({
      target: articleFormerSlug.slug,
      set: { articleId: sql`excluded.article_id` },
    });
}
