import type { LecternClient } from "@lectern/client";
import type { InlinedParts } from "../security-headers.ts";

/** A page, or where to go instead. */
export interface Page {
  readonly status: number;
  /** With an `etag` where the page is the same for everybody. */
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
  /** Hashes of the scripts and styles that it holds itself: its policy allows those and no others. */
  readonly inlined?: InlinedParts;
  /** Why the page could not be made, where the answer is a page that says so. For the log. */
  readonly failure?: unknown;
}

/** What the server needs of the website's build. The site's own README says what each part gives. */
export interface Site {
  readonly render: (request: {
    /** Path and query as requested. */
    url: string;
    /** Public origin, for canonical addresses. */
    origin: string;
    client: LecternClient;
    signal: AbortSignal;
  }) => Promise<Page>;
  readonly sitemap: (request: {
    client: LecternClient;
    origin: string;
    signal: AbortSignal;
  }) => Promise<string>;
  readonly robots: (origin: string) => string;
  /** Folder of the files that browsers load. */
  readonly clientDirectory: string;
}
