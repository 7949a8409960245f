/** An article of the academy's blog. */
export interface ArticleContent {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  /** Markdown. */
  readonly body: string;
  /** Slug of an instructor. */
  readonly author: string;
  /** Slug of a topic. */
  readonly topic: string;
  /** How long before today it was published. */
  readonly daysAgo: number;
}
