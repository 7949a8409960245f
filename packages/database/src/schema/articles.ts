import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { topic } from "./catalogue.ts";
import { createdAt, id, instantOrNever, updatedAt, version } from "./columns.ts";
import { articleStatus } from "./enums.ts";

/** The blog. */
export const article = pgTable(
  "article",
  {
    id: id(),
    slug: text("slug").notNull().unique("article_slug_key"),
    title: text("title").notNull(),
    summary: text("summary").notNull(),
    body: text("body").notNull(),
    author: text("author").notNull(),
    language: text("language").notNull().default("en"),
    topicId: uuid("topic_id").references(() => topic.id, { onDelete: "set null" }),
    status: articleStatus("status").notNull().default("draft"),
    version: version(),
    publishedAt: instantOrNever("published_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("article_title_present", sql`btrim(${table.title}) <> ''`),
    check("article_slug_form", sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
    check(
      "article_published_at",
      sql`${table.status} <> 'published' OR ${table.publishedAt} IS NOT NULL`,
    ),
    index("article_topic_idx").on(table.topicId),
    index("article_updated_idx").on(table.updatedAt, table.id),
    index("article_published_idx")
      .on(table.publishedAt, table.id)
      .where(sql`status = 'published'`),
  ],
);

/** Addresses that articles had: who follows one is led to where the article is now. */
export const articleFormerSlug = pgTable(
  "article_former_slug",
  {
    slug: text("slug").primaryKey(),
    articleId: uuid("article_id")
      .notNull()
      .references(() => article.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [index("article_former_slug_article_idx").on(table.articleId)],
);
