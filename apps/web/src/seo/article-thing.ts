import type { RouterOutputs } from "@lectern/client";

/** An article in the vocabulary of schema.org. */
export function articleThing(article: RouterOutputs["articles"]["bySlug"], origin: string) {
  return {
    "@type": "BlogPosting",
    "@id": `${origin}/articles/${article.slug}`,
    headline: article.title,
    description: article.summary,
    inLanguage: article.language,
    author: { "@type": "Person", name: article.author },
    publisher: { "@id": `${origin}/#academy` },
    dateModified: article.updatedAt,
    timeRequired: `PT${article.readingMinutes}M`,
    ...(article.publishedAt && { datePublished: article.publishedAt }),
    ...(article.topic && { about: article.topic.name }),
  };
}
