import { createTranslator } from "use-intl/core";
import { language } from "../language/language.ts";
import { officeWords } from "../messages/office-part.ts";
import type { Translate } from "../messages/translate.ts";
import { pageHead } from "../seo/page-head.ts";
import type { OfficePageEntry } from "./pages.ts";

interface OfficeMatch {
  readonly match: {
    readonly context: { readonly translate: Translate; readonly origin: string };
    readonly pathname: string;
  };
}

/** @returns the head of a page of the back office, which is in no index */
export function officeHead(title: OfficePageEntry["words"]) {
  return async ({ match: { context, pathname } }: OfficeMatch) => {
    const { office } = await officeWords();
    const t = createTranslator({ locale: language(), messages: { office } });
    return pageHead({
      ...context,
      title: t(`office.${title}`),
      description: t("office.description"),
      path: pathname,
      isPrivate: true,
    });
  };
}
