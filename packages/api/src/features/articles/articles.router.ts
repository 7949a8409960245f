import {
  ArticleBySlugInput,
  ArticleChanged,
  ArticleDetail,
  ArticleForEditing,
  ArticleForEditingInput,
  ArticlePublishInput,
  ArticleRetireInput,
  ArticleWriteInput,
  ArticlesForEditingInput,
  ArticlesForEditingOutput,
  ArticlesListInput,
  ArticlesListOutput,
} from "@lectern/contract/articles";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, publicProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { findArticleBySlug } from "./find-article-by-slug.ts";
import { findArticleForEditing } from "./find-article-for-editing.ts";
import { listArticlesForEditing } from "./list-articles-for-editing.ts";
import { listArticles } from "./list-articles.ts";
import { publishArticle } from "./publish-article.ts";
import { retireArticle } from "./retire-article.ts";
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

  /** Articles in every state, for who writes them. */
  listForEditing: staffProcedure("articles.write")
    .input(ArticlesForEditingInput)
    .output(ArticlesForEditingOutput)
    .query((opts) => listArticlesForEditing(opts.ctx.db, callOf(opts), opts.input)),

  /** One article whole, in whatever state. */
  forEditing: staffProcedure("articles.write")
    .errors(mayFail("NotFound"))
    .input(ArticleForEditingInput)
    .output(ArticleForEditing)
    .query((opts) => findArticleForEditing(opts.ctx.db, callOf(opts), opts.input)),

  /** Writes a draft, or a new version of an article. */
  write: staffProcedure("articles.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(ArticleWriteInput)
    .output(ArticleChanged)
    .mutation((opts) => writeArticle(opts.ctx.db, callOf(opts), opts.input)),

  /** Takes an article off the site. */
  retire: staffProcedure("articles.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(ArticleRetireInput)
    .output(ArticleChanged)
    .mutation((opts) => retireArticle(opts.ctx.db, callOf(opts), opts.input)),

  /** At once, or at a time that is still to come. */
  publish: staffProcedure("articles.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(ArticlePublishInput)
    .output(ArticleChanged)
    .mutation((opts) => publishArticle(opts.ctx.db, callOf(opts), opts.input)),
});
