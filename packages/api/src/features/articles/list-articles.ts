import type { ArticlesListInput, ArticlesListOutput } from "@lectern/contract/articles";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { article } from "@lectern/database/schema/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { articleSummaryColumns, toArticleSummary } from "./article-summary.ts";

const CursorKey = z.tuple([Instant, Id]);

/**
 * Published articles, newest first, a page at a time; of one topic if asked for.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listArticles(
  db: Database,
  _call: Call,
  input: z.infer<typeof ArticlesListInput>,
): Promise<z.infer<typeof ArticlesListOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = and(
    // Written out, so that the partial index serves a prepared statement too.
    sql`${article.status} = 'published'`,
    input.topic === null || input.topic === undefined ? undefined : eq(topic.slug, input.topic),
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${article.publishedAt}, ${article.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;

  const [rows, counted] = await Promise.all([
    db
      .select(articleSummaryColumns)
      .from(article)
      .leftJoin(topic, eq(topic.id, article.topicId))
      .where(and(isWanted, isAfter))
      .orderBy(desc(article.publishedAt), desc(article.id))
      .limit(input.limit + 1),
    db
      .select({ total: sql<number>`count(*)::int` })
      .from(article)
      .leftJoin(topic, eq(topic.id, article.topicId))
      .where(isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  const cursor = last?.publishedAt ? encodeCursor([last.publishedAt.toISOString(), last.id]) : null;
  return { items: page.map(toArticleSummary), nextCursor: cursor, total: counted[0]?.total ?? 0 };
}
