import type { FastifyInstance } from "fastify";
import { API_ROUTE } from "./trpc/procedures-of.ts";

/** Hashes (`sha256-…`) of what a page holds itself. */
export interface InlinedParts {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/**
 * What a page may load and run: files of the site, and of what stands in the page itself those parts that the site's
 * build put there, by their hashes. Components put custom properties on single elements.
 *
 * @returns the value of `content-security-policy` (CSP Level 3)
 */
export function contentSecurityPolicy({ scripts, styles }: InlinedParts): string {
  return [
    "default-src 'self'",
    `script-src 'self'${listed(scripts)}`,
    `style-src 'self'${listed(styles)}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function listed(hashes: readonly string[]): string {
  return hashes.map((hash) => ` '${hash}'`).join("");
}

/** Headers that every answer carries, errors included (OWASP Secure Headers Project). */
const PAGE_HEADERS = {
  "content-security-policy": contentSecurityPolicy({ scripts: [], styles: [] }),
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};

/**
 * Those of the API, whose answers are no pages (OWASP REST Security Cheat Sheet): opened as one, an answer loads nothing and may be
 * nowhere inside another. What says how pages are to behave does not concern it.
 */
const API_HEADERS = {
  "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

/** RFC 6797; only where the academy is reached over https, as browsers remember it for a year. */
const STRICT_TRANSPORT = { "strict-transport-security": "max-age=31536000; includeSubDomains" };

type Headers = Readonly<Record<string, string>>;

export interface SecurityHeaders {
  /** Of everything that is not the API's. */
  readonly pages: Headers;
  readonly api: Headers;
}

/** @returns the headers of every answer, by name */
export function securityHeaders(options: { readonly overHttps: boolean }): SecurityHeaders {
  if (!options.overHttps) return { pages: PAGE_HEADERS, api: API_HEADERS };
  return {
    pages: { ...PAGE_HEADERS, ...STRICT_TRANSPORT },
    api: { ...API_HEADERS, ...STRICT_TRANSPORT },
  };
}

export function sendSecurityHeaders(app: FastifyInstance, { pages, api }: SecurityHeaders): void {
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(request.routeOptions.url === API_ROUTE ? api : pages);
    done();
  });
}
