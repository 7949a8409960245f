import { useLocation } from "@tanstack/react-router";
import { use, useSyncExternalStore } from "react";
import { createTranslator } from "use-intl/core";
import { readStored, subscribeToStorage, writeStored } from "../browser/stored.ts";
import { pathIn } from "../language/addresses.ts";
import { language } from "../language/language.ts";
import { type Language, isLanguage } from "../language/languages.ts";
import part from "virtual:words/offer";
import { wordsIn } from "../messages/words.ts";
import { Button } from "./button.tsx";
import { LANGUAGE } from "./language-choice.tsx";
import "./language-offer.css";

/** Languages whose readers read another one of the site's: `no` is the old name of both kinds of Norwegian. */
const READ_AS: Readonly<Record<string, string>> = { no: "nb", nn: "nb" };

/** @returns the first language that somebody reads and the site speaks, of those that their browser names */
function preferred(named: readonly string[]): Language | undefined {
  const tags = named.map((tag) => tag.split("-")[0] ?? tag);
  return tags.map((tag) => READ_AS[tag] ?? tag).find(isLanguage);
}

const wanted = preferred(navigator.languages) ?? language();
const loading = Promise.resolve(wordsIn(wanted, part));

/** Says once, in the language that somebody's browser prefers, that the page is there in it; and never leads there unasked. */
export function LanguageOffer() {
  const chosen = useSyncExternalStore(subscribeToStorage, () => readStored(LANGUAGE));
  return chosen === null && wanted !== language() ? <Offer /> : null;
}

function Offer() {
  const here = useLocation({ select: ({ pathname, searchStr }) => pathname + searchStr });
  const messages = use(loading);
  const t = createTranslator({ locale: wanted, messages, namespace: "offer" });
  return (
    <aside className="language-offer" lang={wanted} aria-labelledby="language-offer-words">
      <p id="language-offer-words">{t("words")}</p>
      <p className="language-offer-choices">
        <a
          href={pathIn(wanted, here)}
          hrefLang={wanted}
          onClick={(event) => {
            writeStored(LANGUAGE, wanted);
            event.currentTarget.hash = globalThis.location.hash;
          }}
        >
          {t("go")}
        </a>
        <Button variant="outline" size="small" onClick={() => writeStored(LANGUAGE, language())}>
          {t("stay")}
        </Button>
      </p>
    </aside>
  );
}
