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
import { ACTOR_KINDS, ArticleStatus } from "./vocabulary.ts";

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
  /** When it comes out; at once, unless given. */
  at: Instant.nullish(),
  idempotencyKey: IdempotencyKey,
});

export const ArticleRetireInput = z.object({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

/** What an article is to its editors: `scheduled` is one that is published from a time that has not come. */
export const ArticleState = z.enum(["draft", "scheduled", "published", "retired"]);
export type ArticleState = z.infer<typeof ArticleState>;

export const ArticlesForEditingInput = PageInput.extend({
  /** A part of the title, the address or the author's name. */
  query: z.string().max(200).nullish(),
  states: z.array(ArticleState).max(4).nullish(),
  topics: z.array(Slug).max(50).nullish(),
  languages: z.array(LanguageTag).max(20).nullish(),
});

export const ArticleForEditingSummary = ArticleSummary.extend({
  state: ArticleState,
  updatedAt: Instant,
  version: Version,
});
export type ArticleForEditingSummary = z.infer<typeof ArticleForEditingSummary>;

export const ArticlesForEditingOutput = page(ArticleForEditingSummary);

export const ArticleForEditingInput = z.object({ id: Id });
export const ArticleForEditing = ArticleForEditingSummary.extend({
  /** Markdown. */
  body: multiline(100_000),
  createdAt: Instant,
  /** Who changed it last, where anybody knows; `null` for a name that nobody has any more. */
  updatedBy: z
    .object({ kind: z.enum(ACTOR_KINDS), name: z.string().max(200).nullable() })
    .nullable(),
});
export type ArticleForEditing = z.infer<typeof ArticleForEditing>;

export const ArticleChanged = z.object({
  id: Id,
  slug: Slug,
  status: ArticleStatus,
  version: Version,
});
