import type { Browser } from "@lectern/api/trpc/context";
import type { GivenSession } from "@lectern/auth/sessions/sessions";
import { CLIENT_HEADER } from "@lectern/contract/cacheable";
import { stringifySetCookie } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
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

interface RequestSite {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Whether it is reached without encryption, as on this machine alone it may be. */
  readonly isPlain: boolean;
}

/** An academy has few names; whoever invents others shall not fill the memory with them. */
const sites = new LRUCache<string, RequestSite>({ max: 100 });

/** @returns where the site is for a request; `undefined` where the request names a host that can't be one */
export function siteOf(
  request: FastifyRequest,
  publicUrl: string | undefined,
): RequestSite | undefined {
  // Programs that speak HTTP/1.0 name none.
  const address = publicUrl ?? `${request.protocol}://${request.host || "localhost"}`;
  const known = sites.get(address);
  if (known !== undefined) return known;
  const url = URL.parse(address);
  if (url === null) return undefined;
  const site = {
    origin: url.origin,
    isPlain: url.protocol === "http:" && LOCAL.test(url.host),
  };
  sites.set(address, site);
  return site;
}

/**
 * Whether a page of another site may have sent the request. Browsers say where a request comes from; a
 * program says nothing, and holds nobody's cookies.
 */
export function isCrossSite(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const { origin } = request.headers;
  return origin !== undefined && origin !== siteOf(request, publicUrl)?.origin;
}

/**
 * What the browser of a request keeps, and how to give it more. It counts only if our own scripts sent the request: they say so
 * by a header that no page of another site can send without being asked first.
 */
export class RequestBrowser implements Browser {
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;
  readonly #site: RequestSite;
  readonly #isOurs: boolean;

  /** @param site where the request found us */
  constructor(
    request: FastifyRequest,
    reply: FastifyReply,
    site: RequestSite,
    isCrossSite: boolean,
  ) {
    this.#request = request;
    this.#reply = reply;
    this.#site = site;
    this.#isOurs = request.headers[CLIENT_HEADER] !== undefined && !isCrossSite;
  }

  get origin(): string {
    return this.#site.origin;
  }

  get name(): string | null {
    return this.#request.headers["user-agent"]?.slice(0, NAME_LENGTH) ?? null;
  }

  /** Of a browser that is signed in. */
  get sessionToken(): string | undefined {
    return this.#read("session");
  }

  get deviceToken(): string | undefined {
    return this.#read("device");
  }

  get openidToken(): string | undefined {
    return this.#read("openid");
  }

  keepSession({ token, endsAt }: GivenSession): void {
    this.#keep("session", token, Math.ceil((endsAt.getTime() - Date.now()) / 1000));
  }

  keepDevice(token: string): void {
    this.#keep("device", token, DEVICE_SECONDS);
  }

  keepOpenid(token: string): void {
    this.#keep("openid", token, OPENID_SECONDS);
  }

  /**
   * Ends the session's cookie, and has the browser clear what our scripts kept. The other cookies stay: they are of the
   * device. So does its cache, where nothing of anybody is, and which takes browsers seconds to go through. Browsers
   * do so over https alone.
   */
  forgetSession(): void {
    this.#keep("session", "", 0);
    if (!this.#site.isPlain) this.#reply.header("clear-site-data", '"storage"');
  }

  #nameOf(kind: keyof typeof NAMES): string {
    return this.#site.isPlain ? NAMES[kind] : `__Host-${NAMES[kind]}`;
  }

  #read(kind: keyof typeof NAMES): string | undefined {
    return this.#isOurs
      ? singleCookie(this.#request.headers.cookie, this.#nameOf(kind))
      : undefined;
  }

  #keep(kind: keyof typeof NAMES, value: string, maxAge: number): void {
    const cookie = {
      name: this.#nameOf(kind),
      value,
      path: "/",
      httpOnly: true,
      secure: !this.#site.isPlain,
      sameSite: "lax",
      maxAge,
    } as const;
    this.#reply.header("set-cookie", stringifySetCookie(cookie, { encode: (text) => text }));
  }
}
