import { type LecternClient, createClient } from "@lectern/client";

/** A browser as far as a server sees one: it keeps cookies, and says where its requests come from. */
export interface TestBrowser {
  readonly client: LecternClient;
  /** By name, as they are kept. */
  readonly cookies: ReadonlyMap<string, string>;
  /** `Set-Cookie` of all answers so far. */
  readonly setCookies: readonly string[];
  /** As `fetch`, with the cookies and headers of the browser. */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Puts a cookie there, as somebody else might. */
  keep(name: string, value: string): void;
}

export interface TestBrowserOptions {
  readonly url: string;
  readonly userAgent?: string;
  /** Where it is, for a server that takes the word of a proxy for it: somewhere else for each. */
  readonly address?: string;
  /** Sent with every request, and last. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Cookies to begin with, such as those of another browser. */
  readonly cookies?: ReadonlyMap<string, string>;
}

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** Of those that are for tests (RFC 2544). */
function randomAddress(): string {
  const part = () => Math.floor(Math.random() * 256);
  return `198.${18 + (part() % 2)}.${part()}.${part()}`;
}

/** @returns a browser that has just been opened on the page at this address */
export function openBrowser(options: TestBrowserOptions): TestBrowser {
  const { url, userAgent = FIREFOX } = options;
  const address = options.address ?? randomAddress();
  const cookies = new Map(options.cookies);
  const setCookies: string[] = [];

  function take(line: string): void {
    setCookies.push(line);
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const [name = "", value = ""] = pair.split("=", 2);
    const isOver = attributes.some((attribute) => /^max-age=0$/iu.test(attribute));
    if (isOver) cookies.delete(name);
    else cookies.set(name, value);
  }

  async function browse(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("user-agent", userAgent);
    headers.set("sec-fetch-site", "same-origin");
    headers.set("x-forwarded-for", address);
    if ((init.method ?? "GET") !== "GET") headers.set("origin", new URL(url).origin);
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (jar !== "") headers.set("cookie", jar);
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    const response = await fetch(new URL(path, url), { ...init, headers });
    for (const line of response.headers.getSetCookie()) take(line);
    return response;
  }

  return {
    client: createClient({ url, fetch: browse, maxRetries: 0 }),
    cookies,
    setCookies,
    fetch: browse,
    keep: (name, value) => void cookies.set(name, value),
  };
}
