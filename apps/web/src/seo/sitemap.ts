import { items } from "@lectern/client";
import type { SitemapRequest } from "../../types/entry-server.d.ts";

/** Most addresses in one file (sitemaps.org); an academy with more would need an index of several. */
const ADDRESSES_MAX = 50_000;
const PAGE_SIZE = 100;
const PAGES = ["/", "/courses", "/upcoming", "/articles", "/contact", "/privacy"];

function entry(address: string, changedAt?: string | null): string {
  const changed = changedAt ? `<lastmod>${changedAt}</lastmod>` : "";
  return `<url><loc>${address}</loc>${changed}</url>`;
}

/** The addresses of the site for search engines, as XML (sitemaps.org, protocol 0.9). */
export async function sitemap({ client, origin, signal }: SitemapRequest): Promise<string> {
  const options = { signal };
  const entries = PAGES.map((path) => entry(origin + path));
  const { topics } = await client.courses.topics.query(undefined, options);
  for (const { slug } of topics) entries.push(entry(`${origin}/courses?topic=${slug}`));
  for await (const article of items(client.articles.list, { limit: PAGE_SIZE }, options)) {
    entries.push(entry(`${origin}/articles/${article.slug}`, article.publishedAt));
  }
  for await (const course of items(client.courses.list, { limit: PAGE_SIZE }, options)) {
    if (entries.length >= ADDRESSES_MAX) break;
    entries.push(entry(`${origin}/courses/${course.slug}`));
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...entries,
    "</urlset>",
    "",
  ].join("\n");
}
