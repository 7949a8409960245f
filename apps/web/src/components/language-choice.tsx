import { useLocation, useMatches } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import { useTranslations } from "use-intl";
import { writeStored } from "../browser/stored.ts";
import { pathIn } from "../language/addresses.ts";
import { language } from "../language/language.ts";
import { LANGUAGES, type Language, languages } from "../language/languages.ts";
import "./language-choice.css";

/** Name of the entry in the browser's storage; `before-paint.js` looks there as well. */
export const LANGUAGE = "lectern-language";

/** The same page in each language. Whoever chooses one is led to it from addresses that name none, too. */
export function LanguageChoice() {
  const t = useTranslations("site");
  const { pathname, searchStr } = useLocation();
  const isPrivate = useMatches({
    select: (matches) => matches.some(({ staticData }) => staticData.isPrivate),
  });
  // What a private page was asked for is in nothing that a server writes.
  const here = isPrivate ? pathname : pathname + searchStr;
  function choose(event: MouseEvent<HTMLAnchorElement>, chosen: Language): void {
    writeStored(LANGUAGE, chosen);
    const { search, hash } = globalThis.location;
    Object.assign(event.currentTarget, { search, hash });
  }
  return (
    <nav aria-label={t("languages")}>
      <h2 className="label">{t("languages")}</h2>
      <ul>
        {languages().map((each) => (
          <li key={each}>
            <a
              className="language-choice-one"
              href={pathIn(each, here)}
              hrefLang={each}
              lang={each}
              aria-current={each === language() ? "true" : undefined}
              onClick={(event) => choose(event, each)}
            >
              {LANGUAGES[each].name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
