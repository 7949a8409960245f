import type { LecternClient } from "@lectern/client";

/** What the site's build offers to a server that serves it. The README says how. */

export interface PageRequest {
  /** Path and query as requested. */
  readonly url: string;
  /** Public origin of the site, such as `https://academy.example`. */
  readonly origin: string;
  /** Makes the page's calls; without credentials, for a page may be cached. */
  readonly client: LecternClient;
  readonly signal?: AbortSignal | undefined;
}

export interface PageAnswer {
  readonly status: number;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for redirects. */
  readonly html: string;
  /** Hashes of the scripts and styles in it, as a content security policy lists them: `sha256-…`. None for redirects. */
  readonly inlined?: {
    readonly scripts: readonly string[];
    readonly styles: readonly string[];
  };
  /** Why the page is one that says that something failed: for the log. */
  readonly failure?: unknown;
}

export interface SitemapRequest {
  readonly client: LecternClient;
  readonly origin: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Renders one page: its data is asked for through the client, and handed over to the browser with it.
 *
 * @returns the page, or where to go instead; failures are pages as well
 * @throws the signal's reason when it is aborted
 */
export declare function render(request: PageRequest): Promise<PageAnswer>;

/** The addresses of the site for search engines, as XML (sitemaps.org, protocol 0.9). */
export declare function sitemap(request: SitemapRequest): Promise<string>;

/** What search engines may fetch. */
export declare function robots(origin: string): string;
