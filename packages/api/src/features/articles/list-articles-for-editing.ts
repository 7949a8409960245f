import type { ArticlesForEditingInput, ArticlesForEditingOutput } from "@lectern/contract/articles";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { article } from "@lectern/database/schema/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { type SQL, and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { articleState } from "./article-changed.ts";
import { articleSummaryColumns, toArticleSummary } from "./article-summary.ts";

type ListInput = z.infer<typeof ArticlesForEditingInput>;

const CursorKey = z.tuple([Instant, Id]);

/** Columns of an article for its editors, beside those of every list. */
export const articleEditingColumns = {
  state: articleState.as("state"),
  updatedAt: article.updatedAt,
  version: article.version,
};

/**
 * Articles in every state, for who writes them, those that were changed last first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listArticlesForEditing(
  db: Database,
  _call: Call,
  input: ListInput,
): Promise<z.infer<typeof ArticlesForEditingOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = wanted(input);
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${article.updatedAt}, ${article.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [rows, total] = await Promise.all([
    db
      .select({ ...articleSummaryColumns, ...articleEditingColumns })
      .from(article)
      .leftJoin(topic, eq(topic.id, article.topicId))
      .where(and(isWanted, isAfter))
      .orderBy(desc(article.updatedAt), desc(article.id))
      .limit(input.limit + 1),
    db.$count(article, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => ({
      ...toArticleSummary(row),
      state: row.state,
      updatedAt: row.updatedAt.toISOString(),
      version: row.version,
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.updatedAt.toISOString(), last.id]),
    total,
  };
}

function wanted(input: ListInput): SQL | undefined {
  return and(
    isGiven(input.states) ? inArray(articleState, [...input.states]) : undefined,
    isGiven(input.languages) ? inArray(article.language, [...input.languages]) : undefined,
    isGiven(input.topics)
      ? sql`${article.topicId} IN (
          SELECT t.id FROM topic AS t WHERE t.slug = ANY(${sql.param([...input.topics])}::text[]))`
      : undefined,
    isFound(input.query),
  );
}

function isGiven<Item>(choices: readonly Item[] | null | undefined): choices is readonly Item[] {
  return choices !== null && choices !== undefined && choices.length > 0;
}

function isFound(query: string | null | undefined): SQL | undefined {
  const text = query?.trim() ?? "";
  if (text === "") return undefined;
  const part = `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
  return sql`lectern_fold(${article.title} || ' ' || ${article.slug} || ' ' || ${article.author})
    LIKE lectern_fold(${part})`;
}
