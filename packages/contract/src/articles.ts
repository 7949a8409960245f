import { z } from "zod";
import {
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  PageInput,
  Slug,
  line,
  multiline,
  page,
  Version,
} from "./primitives.ts";
import { ArticleStatus } from "./vocabulary.ts";

export const ArticleSummary = z.object({
  id: Id,
  slug: Slug,
  title: line(300),
  summary: multiline(1000),
  author: line(200),
  language: LanguageTag,
  topic: z.object({ slug: Slug, name: line(100) }).nullable(),
  status: ArticleStatus,
  publishedAt: Instant.nullable(),
  readingMinutes: z.int().min(1),
});
export type ArticleSummary = z.infer<typeof ArticleSummary>;

export const ArticlesListInput = PageInput.extend({ topic: Slug.nullish() });
export const ArticlesListOutput = page(ArticleSummary);

export const ArticleBySlugInput = z.object({ slug: Slug });
export const ArticleDetail = ArticleSummary.extend({
  /** Markdown. */
  body: multiline(100_000),
  version: Version,
  updatedAt: Instant,
});

/** Writes a new article, or a new version of one when `id` and `version` are given. */
export const ArticleWriteInput = z.object({
  id: Id.nullish(),
  version: Version.nullish(),
  slug: Slug,
  title: line(300),
  summary: multiline(1000),
  body: multiline(100_000),
  author: line(200),
  language: LanguageTag.default("en"),
  topic: Slug.nullish(),
  idempotencyKey: IdempotencyKey,
});

export const ArticlePublishInput = z.object({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

export const ArticleChanged = z.object({
  id: Id,
  slug: Slug,
  status: ArticleStatus,
  version: Version,
});
