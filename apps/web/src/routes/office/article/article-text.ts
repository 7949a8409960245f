import type { ArticleForEditing } from "@lectern/contract/articles";
import { z } from "zod";

/** An article as it is typed. */
const ArticleText = z.object({
  title: z.string(),
  slug: z.string(),
  summary: z.string(),
  body: z.string(),
  author: z.string(),
  language: z.string(),
  /** Slug of the topic, empty without one. */
  topic: z.string(),
});
export type ArticleText = z.infer<typeof ArticleText>;

export function toArticleText(article: ArticleForEditing): ArticleText {
  const { title, slug, summary, body, author, language, topic } = article;
  return { title, slug, summary, body, author, language, topic: topic?.slug ?? "" };
}

/** @returns the article as it was kept on the device; `undefined` for what has another form */
export function readArticleText(content: object): ArticleText | undefined {
  return ArticleText.safeParse(content).data;
}

/** @returns the article as the API takes it */
export function toInput(text: ArticleText) {
  return {
    title: text.title.trim(),
    slug: text.slug.trim(),
    summary: text.summary.trim(),
    body: text.body,
    author: text.author.trim(),
    language: text.language,
    topic: text.topic === "" ? null : text.topic,
  };
}
