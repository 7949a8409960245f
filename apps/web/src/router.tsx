import type { LecternClient } from "@lectern/client";
import type { QueryClient } from "@tanstack/react-query";
import type { RouterHistory } from "@tanstack/react-router";
import type { Api } from "./data/api.ts";
import { PagePending } from "./components/page-pending.tsx";
import { ErrorPage } from "./routes/public/error/error-page.tsx";
import { NotFoundPage } from "./routes/public/error/not-found-page.tsx";
import { parseSearch, stringifySearch } from "./routes/search-string.ts";
import type { createWholeRouter } from "./routes/whole-tree.ts";
import { pathHere } from "./language/addresses.ts";
import type { SiteWords, Translate } from "./messages/translate.ts";

/** What every loader and head of a route can use. */
export interface RouterContext {
  readonly queryClient: QueryClient;
  readonly client: LecternClient;
  readonly api: Api;
  readonly translate: Translate;
  /** The words of every page, in the language of this one. */
  readonly words: SiteWords;
  /** Public origin of the site, for canonical addresses. */
  readonly origin: string;
  /** On a server: whether the page could not be rendered, and says so instead. */
  readonly hasFailed?: boolean;
}

/**
 * What the router of the site is made with, for one page on a server and for all of them in a browser.
 *
 * @param history where the addresses come from
 */
export function siteOptions(
  context: RouterContext,
  options: { history?: RouterHistory; isServer: boolean },
) {
  return {
    ...options,
    // Routes and links know nothing of languages: their addresses begin where that of the language ends.
    basepath: pathHere("/"),
    context,
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    // What was preloaded is as fresh as the query's store says.
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    // On a server it would write an inline script.
    scrollRestoration: !options.isServer,
  } as const;
}

export type SiteOptions = ReturnType<typeof siteOptions>;

/** Knows every page; in browsers it is made where an address asks for that. */
export type SiteRouter = ReturnType<typeof createWholeRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: SiteRouter;
  }

  interface StaticDataRouteOption {
    /** Source file of the page, from the package's folder on: its scripts and styles are named in the head. */
    page?: string;
    /** Whether the page is one visitor's alone: no cache keeps it. */
    isPrivate?: boolean;
    /** Whether it brings what stands around it along: head, foot and the place of the content. */
    isFramed?: boolean;
  }
}
