import { pathHere, pathIn } from "../language/addresses.ts";
import { language } from "../language/language.ts";
import { FIRST_LANGUAGE, LANGUAGES, languages } from "../language/languages.ts";
import type { Translate } from "../messages/translate.ts";

interface Page {
  readonly translate: Translate;
  readonly origin: string;
  /** What the page is called, without the site's name. */
  readonly title: string;
  readonly description: string;
  /** The page's one address, from `/` on and as routes know it; others that show the same lead here. */
  readonly path: string;
  readonly kind?: "website" | "article";
  /** Whether search engines should leave it out. */
  readonly isPrivate?: boolean;
  /** What the page is about, in the vocabulary of schema.org. */
  readonly about?: readonly object[];
}

/** Longest description that search engines show. */
const DESCRIPTION_MAX = 160;

function shortened(text: string): string {
  if (text.length <= DESCRIPTION_MAX) return text;
  const cut = text.slice(0, DESCRIPTION_MAX - 2);
  return `${cut.slice(0, cut.lastIndexOf(" "))} …`;
}

/** Data in a script element, which no text in it can end. */
function structuredData(thing: object) {
  const json = JSON.stringify({ "@context": "https://schema.org", ...thing });
  return {
    type: "application/ld+json",
    children: json.replaceAll("<", String.raw`\u003c`),
  };
}

/** Where the page is in each language, and for who speaks none of them. */
function alternates(origin: string, path: string) {
  const ways = languages().map((each) => [each, pathIn(each, path)] as const);
  return [...ways, ["x-default", pathIn(FIRST_LANGUAGE, path)] as const].map(([tag, way]) => ({
    rel: "alternate",
    hrefLang: tag,
    href: origin + way,
  }));
}

/** As Open Graph writes it: `en_GB`. */
function openGraphLocale(): string {
  return LANGUAGES[language()].format.replace("-", "_");
}

/** Title, description, canonical address, Open Graph and structured data of a page. */
export function pageHead(page: Page) {
  const { translate, origin, path, kind = "website", isPrivate = false, about = [] } = page;
  const title = path === "/" ? page.title : translate("site.titleOf", { title: page.title });
  const description = shortened(page.description.replaceAll(/\s+/gu, " ").trim());
  const address = origin + pathHere(path);
  return {
    meta: [
      { title },
      { name: "description", content: description },
      { property: "og:title", content: page.title },
      { property: "og:description", content: description },
      { property: "og:type", content: kind },
      { property: "og:url", content: address },
      { property: "og:locale", content: openGraphLocale() },
      { property: "og:site_name", content: translate("site.name") },
      { property: "og:image", content: `${origin}/og.png` },
      { name: "twitter:card", content: "summary_large_image" },
      ...(isPrivate ? [{ name: "robots", content: "noindex" }] : []),
    ],
    links: isPrivate ? [] : [{ rel: "canonical", href: address }, ...alternates(origin, path)],
    scripts: about.map(structuredData),
  };
}
