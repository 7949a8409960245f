import { items } from "@lectern/client";
import { pathIn } from "../language/addresses.ts";
import { FIRST_LANGUAGE, languages } from "../language/languages.ts";
import type { SitemapRequest } from "../../types/entry-server.d.ts";

/** Most addresses in one file (sitemaps.org); an academy with more would need an index of several. */
const ADDRESSES_MAX = 50_000;
const PAGE_SIZE = 100;
const PAGES = ["/", "/courses", "/upcoming", "/articles", "/contact", "/privacy"];

/** A page in every language, each of which says where the others are. */
function entries(origin: string, path: string, changedAt?: string | null): string[] {
  const ways = languages().map((each) => [each, origin + pathIn(each, path)] as const);
  const everybodys = ["x-default", origin + pathIn(FIRST_LANGUAGE, path)] as const;
  const alternates = [...ways, everybodys]
    .map(([tag, href]) => `<xhtml:link rel="alternate" hreflang="${tag}" href="${href}"/>`)
    .join("");
  const changed = changedAt ? `<lastmod>${changedAt}</lastmod>` : "";
  return ways.map(([, address]) => `<url><loc>${address}</loc>${changed}${alternates}</url>`);
}

/** The addresses of the site for search engines, as XML (sitemaps.org, protocol 0.9), in every language. */
export async function sitemap({ client, origin, signal }: SitemapRequest): Promise<string> {
  const options = { signal };
  const urls = PAGES.flatMap((path) => entries(origin, path));
  const { topics } = await client.courses.topics.query(undefined, options);
  for (const { slug } of topics) urls.push(...entries(origin, `/courses?topic=${slug}`));
  for await (const article of items(client.articles.list, { limit: PAGE_SIZE }, options)) {
    urls.push(...entries(origin, `/articles/${article.slug}`, article.publishedAt));
  }
  for await (const course of items(client.courses.list, { limit: PAGE_SIZE }, options)) {
    if (urls.length + languages().length > ADDRESSES_MAX) break;
    urls.push(...entries(origin, `/courses/${course.slug}`));
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...urls,
    "</urlset>",
    "",
  ].join("\n");
}
