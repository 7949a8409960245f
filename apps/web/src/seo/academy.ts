import { pathHere } from "../language/addresses.ts";
import { language } from "../language/language.ts";
import type { Translate } from "../messages/translate.ts";

/** The academy and its site, for search engines: `EducationalOrganization` and `WebSite` of schema.org. */
export function academyThing({ translate, origin }: { translate: Translate; origin: string }) {
  const name = translate("site.name");
  const site = origin + pathHere("/");
  return [
    { "@type": "EducationalOrganization", "@id": `${origin}/#academy`, name, url: `${origin}/` },
    {
      "@type": "WebSite",
      name,
      url: site,
      inLanguage: language(),
      potentialAction: {
        "@type": "SearchAction",
        target: { "@type": "EntryPoint", urlTemplate: `${site}courses?q={search_term_string}` },
        "query-input": "required name=search_term_string",
      },
    },
  ];
}
