import type { Browser } from "@lectern/api/trpc/context";
import { CLIENT_HEADER } from "@lectern/contract/cacheable";
import type { FastifyReply, FastifyRequest } from "fastify";
import { singleCookie } from "../cookies.ts";

/**
 * What browsers keep for us. The names begin with `__Host-`, which a browser takes over https alone, for
 * this host and no other (RFC 6265bis, 4.1.3.2); over http, on this machine alone, they can't.
 */
const NAMES = {
  session: "lectern_session",
  device: "lectern_device",
  openid: "lectern_openid",
} as const;

/** Browsers keep no cookie for longer (RFC 6265bis, 5.5). */
const DEVICE_SECONDS = 400 * 86_400;

/** As long as somebody has to sign in at a provider. */
const OPENID_SECONDS = 600;

/** So much of what a browser calls itself is kept. */
const NAME_LENGTH = 300;

const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/u;

/** @returns where the site is for this request: scheme, host and port */
function originOf(request: FastifyRequest, publicUrl: string | undefined): string {
  return publicUrl === undefined
    ? `${request.protocol}://${request.host}`
    : new URL(publicUrl).origin;
}

function isPlain(origin: string): boolean {
  const { protocol, host } = new URL(origin);
  return protocol === "http:" && LOCAL.test(host);
}

/**
 * Whether a page of another site may have sent the request. Browsers say where a request comes from; a
 * program says nothing, and holds nobody's cookies.
 */
export function isCrossSite(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const { origin } = request.headers;
  return origin !== undefined && origin !== originOf(request, publicUrl);
}

/** What a request's browser keeps: see `Browser`. */
export interface RequestBrowser extends Browser {
  readonly sessionToken: string | undefined;
}

/**
 * @returns what the browser keeps, and how to give it more. Its session counts only if our own scripts
 *   sent the request: they say so by a header that no page of another site can send without being asked first.
 */
export function browserOf(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | undefined,
): RequestBrowser {
  const origin = originOf(request, publicUrl);
  const plain = isPlain(origin);
  const nameOf = (kind: keyof typeof NAMES) => (plain ? NAMES[kind] : `__Host-${NAMES[kind]}`);
  const isOurs = request.headers[CLIENT_HEADER] !== undefined && !isCrossSite(request, publicUrl);
  function read(kind: keyof typeof NAMES): string | undefined {
    return isOurs ? singleCookie(request.headers.cookie, nameOf(kind)) : undefined;
  }
  function keep(kind: keyof typeof NAMES, value: string, maxAge: number): void {
    reply.setCookie(nameOf(kind), value, {
      path: "/",
      httpOnly: true,
      secure: !plain,
      sameSite: "lax",
      maxAge,
      encode: (text) => text,
    });
  }
  return {
    origin,
    name: request.headers["user-agent"]?.slice(0, NAME_LENGTH) ?? null,
    sessionToken: read("session"),
    deviceToken: read("device"),
    openidToken: read("openid"),
    keepSession: ({ token, endsAt }) =>
      keep("session", token, Math.ceil((endsAt.getTime() - Date.now()) / 1000)),
    keepDevice: (token) => keep("device", token, DEVICE_SECONDS),
    keepOpenid: (token) => keep("openid", token, OPENID_SECONDS),
    forgetSession: () => keep("session", "", 0),
  };
}
