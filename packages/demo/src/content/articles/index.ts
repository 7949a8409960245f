import { engineeringArticles } from "./engineering.ts";
import { learningArticles } from "./learning.ts";
import type { ArticleContent } from "./types.ts";

/** The blog, in no particular order. */
export const articles: readonly ArticleContent[] = [...engineeringArticles, ...learningArticles];
