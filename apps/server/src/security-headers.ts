import type { FastifyInstance } from "fastify";

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

const HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};

/** RFC 6797; only where the academy is reached over https, as browsers remember it for a year. */
const STRICT_TRANSPORT = { "strict-transport-security": "max-age=31536000; includeSubDomains" };

/** @returns the headers of every answer, by name */
export function securityHeaders(options: {
  readonly overHttps: boolean;
}): Readonly<Record<string, string>> {
  return options.overHttps ? { ...HEADERS, ...STRICT_TRANSPORT } : HEADERS;
}

export function sendSecurityHeaders(
  app: FastifyInstance,
  headers: Readonly<Record<string, string>>,
): void {
  app.addHook("onRequest", (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
