import {
  ArticleBySlugInput,
  ArticleChanged,
  ArticleDetail,
  ArticlePublishInput,
  ArticleWriteInput,
  ArticlesListInput,
  ArticlesListOutput,
} from "@lectern/contract/articles";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, publicProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { findArticleBySlug } from "./find-article-by-slug.ts";
import { listArticles } from "./list-articles.ts";
import { publishArticle } from "./publish-article.ts";
import { writeArticle } from "./write-article.ts";

export const articlesRouter = router({
  /** Published articles, newest first. */
  list: publicProcedure
    .input(ArticlesListInput)
    .output(ArticlesListOutput)
    .query((opts) => listArticles(opts.ctx.db, callOf(opts), opts.input)),

  bySlug: publicProcedure
    .errors(mayFail("NotFound"))
    .input(ArticleBySlugInput)
    .output(ArticleDetail)
    .query((opts) => findArticleBySlug(opts.ctx.db, callOf(opts), opts.input)),

  /** Writes a draft, or a new version of an article. */
  write: staffProcedure("articles.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(ArticleWriteInput)
    .output(ArticleChanged)
    .mutation((opts) => writeArticle(opts.ctx.db, callOf(opts), opts.input)),

  publish: staffProcedure("articles.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(ArticlePublishInput)
    .output(ArticleChanged)
    .mutation((opts) => publishArticle(opts.ctx.db, callOf(opts), opts.input)),
});
