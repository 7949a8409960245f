import type { FastifyInstance } from "fastify";
import { API_ROUTE } from "./trpc/procedures-of.ts";

/**
 * Headers that every answer carries, errors included (OWASP Secure Headers Project). The site's pages
 * hold no inline scripts and no style elements; components put custom properties on single elements.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const PAGE_HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
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
