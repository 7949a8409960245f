import type { ArticlesListInput, ArticlesListOutput } from "@lectern/contract/articles";
import { Id, Instant } from "@lectern/contract/primitives";
import { int8, nullable, text, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, type Slots } from "@lectern/database/prepared";
import type { Database, QueryBuilders } from "@lectern/database/queryable";
import { article } from "@lectern/database/schema/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { type SQL, and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { articleSummaryColumns, toArticleSummary } from "./article-summary.ts";

const CursorKey = z.tuple([Instant, Id]);

const FILTER = { topic: nullable(text) };
const PAGE = { ...FILTER, limit: int8 };
const LATER_PAGE = { ...PAGE, afterAt: timestamptz, afterId: uuid };

function isWanted($: Slots<typeof FILTER>) {
  return and(
    // Written out, so that the partial index serves a prepared statement too.
    sql`${article.status} = 'published'`,
    // One may be for later.
    sql`${article.publishedAt} <= now()`,
    sql`(${$.topic} IS NULL OR ${topic.slug} = ${$.topic})`,
  );
}

function pageOf(q: QueryBuilders, $: Slots<typeof PAGE>, isAfter?: SQL) {
  return q
    .select(articleSummaryColumns)
    .from(article)
    .leftJoin(topic, eq(topic.id, article.topicId))
    .where(and(isWanted($), isAfter))
    .orderBy(desc(article.publishedAt), desc(article.id))
    .limit($.limit);
}

/** Two statements, so that the index finds where a later page begins. */
const firstPage = prepared("articles.list.first", PAGE, (q, $) => pageOf(q, $));
const laterPage = prepared("articles.list.later", LATER_PAGE, (q, $) =>
  pageOf(q, $, sql`(${article.publishedAt}, ${article.id}) < (${$.afterAt}, ${$.afterId})`),
);

const countArticles = prepared("articles.list.count", FILTER, (q, $) =>
  q
    .select({ total: sql`count(*)`.mapWith(int8) })
    .from(article)
    .leftJoin(topic, eq(topic.id, article.topicId))
    .where(isWanted($)),
);

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
  const { topic: wanted = null } = input;
  // One more than asked for tells whether there is another page.
  const page = { topic: wanted, limit: input.limit + 1 };
  const [rows, counted] = await Promise.all([
    after === undefined
      ? firstPage.execute(db, page)
      : laterPage.execute(db, { ...page, afterAt: new Date(after[0]), afterId: after[1] }),
    countArticles.first(db, { topic: wanted }),
  ]);
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  const cursor = last?.publishedAt ? encodeCursor([last.publishedAt.toISOString(), last.id]) : null;
  return { items: shown.map(toArticleSummary), nextCursor: cursor, total: counted?.total ?? 0 };
}
