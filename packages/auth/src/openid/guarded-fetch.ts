import { type LookupAddress, lookup as lookUp } from "node:dns";
import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { type LookupFunction, isIP } from "node:net";
import { isLocalUrl, isLoopbackAddress, isPublicAddress } from "./public-address.ts";

/** An address that the server does not go to. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/** What is sent; redirects are not followed, as they could lead anywhere. */
export interface GuardedRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GuardOptions {
  /**
   * Lets addresses of this machine through, over http as well: for tests, and for developers who run a
   * provider beside Lectern. Other private networks stay closed.
   */
  readonly allowsLocal: boolean;
}

/** Metadata and keys of a provider are some kilobytes. */
const MOST_BYTES = 1024 * 1024;

/** Answers of these statuses have no body. */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/**
 * Fetches from an address that somebody told, such as the issuer of an identity provider, if it leads into
 * the public network. What a name resolves to is looked at when the connection is made, and the connection
 * goes to just that: a name that resolves to something else a moment later gains nothing.
 *
 * @throws AddressRefused, and whatever a connection can fail with
 */
export async function guardedFetch(
  address: string,
  sent: GuardedRequest,
  { allowsLocal }: GuardOptions,
): Promise<Response> {
  const url = new URL(address);
  const isLocal = allowsLocal && isLocalUrl(url);
  requireProtocol(url, isLocal);
  const isAllowed = isLocal ? isLoopbackAddress : isPublicAddress;
  const host = url.hostname.replace(/^\[|\]$/gu, "");
  // An address that is written as numbers is not looked up.
  if (isIP(host) !== 0 && !isAllowed(host)) throw refused(url.hostname);

  const options: RequestOptions = {
    method: sent.method,
    headers: sent.headers,
    lookup: lookUpAmong(isAllowed),
    // No connection that was made for something else, without looking at its address.
    agent: false,
    ...(sent.signal && { signal: sent.signal }),
  };
  const answered = Promise.withResolvers<IncomingMessage>();
  const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, options);
  request.on("response", answered.resolve);
  request.on("error", answered.reject);
  request.end(sent.body);
  try {
    return await responseOf(await answered.promise);
  } finally {
    request.destroy();
  }
}

function refused(host: string): AddressRefused {
  return new AddressRefused(`${host} does not lead into the public network`);
}

function requireProtocol({ protocol }: URL, isLocal: boolean): void {
  if (protocol === "https:" || (isLocal && protocol === "http:")) return;
  throw new AddressRefused("Only addresses of https are fetched");
}

/** Resolves names, and refuses those of which any address is not allowed. */
function lookUpAmong(isAllowed: (address: string) => boolean): LookupFunction {
  return (host, options, done) => {
    lookUp(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) return done(error, []);
      const [first] = found;
      if (first === undefined || !found.every(({ address }) => isAllowed(address))) {
        return done(refused(host), []);
      }
      return options.all === true ? done(null, found) : done(null, first.address, first.family);
    });
  };
}

async function responseOf(answer: IncomingMessage): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("An answer comes in bytes");
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error("The answer is too large");
    chunks.push(chunk);
  }
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headersDistinct)) {
    for (const one of value ?? []) headers.append(name, one);
  }
  const body = WITHOUT_BODY.includes(status) ? null : Buffer.concat(chunks);
  return new Response(body, { status, headers });
}
