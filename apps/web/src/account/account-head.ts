import type { Translate } from "../messages/translate.ts";
import { pageHead } from "../seo/page-head.ts";
import type { titles } from "../messages/en/titles.ts";

/** The titles of the pages of accounts. */
type Title = Extract<keyof typeof titles, `account${string}`>;

interface AccountMatch {
  readonly match: {
    readonly context: { readonly translate: Translate; readonly origin: string };
    readonly pathname: string;
  };
}

/** @returns the head of a page of accounts, which says nothing of whose it is, and is in no index */
export function accountHead(title: Title) {
  return ({ match: { context, pathname } }: AccountMatch) =>
    pageHead({
      ...context,
      title: context.translate(`titles.${title}`),
      description: context.translate("titles.accountWords"),
      path: pathname,
      isPrivate: true,
    });
}
