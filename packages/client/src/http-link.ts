import type { AppRouter } from "@lectern/api/app-router";
import {
  CACHEABLE_QUERIES,
  CLIENT_HEADER,
  MAX_BATCH_SIZE,
  MAX_URL_LENGTH,
  REQUEST_ID_HEADER,
} from "@lectern/contract/cacheable";
import type { Operation } from "@trpc/client";
import { httpBatchLink } from "@trpc/client/links/httpBatchLink";
import { httpLink } from "@trpc/client/links/httpLink";
import { type HttpAnswer, NotSent, exchange } from "./http-answer.ts";
import { randomId } from "./random-id.ts";
import type { FetchLike, TerminatingLink, TokenSource } from "./options.ts";
import type { OpenStream } from "./stream-source.ts";

export interface HttpSettings {
  /** Address of the tRPC endpoint, without a slash at its end. */
  readonly endpoint: string;
  readonly token: TokenSource | undefined;
  readonly fetch: FetchLike | undefined;
  readonly clientName: string;
  readonly language: string | undefined;
  readonly traceparent: (() => string | null | undefined) | undefined;
}

/** The parts of a request that tRPC's links give. */
type LinkRequest = {
  [Part in "method" | "headers" | "body" | "signal"]?: RequestInit[Part] | undefined;
};

const cacheable = new Set<string>(CACHEABLE_QUERIES);

/** Asked each time, so that whoever replaces the platform's fetch later (as tests do) is heard. */
function platformFetch(url: string, init: RequestInit): Promise<Response> {
  return globalThis.fetch(url, init);
}

async function authorization(token: TokenSource | undefined): Promise<string | null> {
  try {
    const value = typeof token === "function" ? await token() : token;
    return value == null || value === "" ? null : `Bearer ${value}`;
  } catch (cause) {
    throw new NotSent("the token could not be had", { cause });
  }
}

function commonHeaders(settings: HttpSettings, requestId: string): Record<string, string> {
  const traceparent = settings.traceparent?.();
  return {
    [CLIENT_HEADER]: settings.clientName,
    [REQUEST_ID_HEADER]: requestId,
    ...(traceparent ? { traceparent } : {}),
    ...(settings.language ? { "accept-language": settings.language } : {}),
  };
}

/** Asks for event streams by GET: the token and the id of the last event go in headers, never in the address. */
export function createStreamOpener(settings: HttpSettings): OpenStream {
  const { endpoint, fetch = platformFetch } = settings;
  return async ({ procedure, input, lastEventId, requestId, signal }) => {
    const bearer = await authorization(settings.token);
    const headers = {
      ...commonHeaders(settings, requestId),
      accept: "text/event-stream",
      ...(bearer !== null && { authorization: bearer }),
      ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
    };
    const question = encodeURIComponent(JSON.stringify(input ?? null));
    const address = `${endpoint}/${procedure}?input=${question}`;
    return fetch(address, { method: "GET", headers, signal, cache: "no-store" });
  };
}

/**
 * The link that speaks HTTP. Public queries go alone, by GET and without the token, so that caches
 * can hold them; everything else that is called at once goes together in the body of a POST, where
 * the keys of bookings are in no log.
 */
export function createHttpLink(settings: HttpSettings): TerminatingLink {
  const { endpoint, fetch = platformFetch } = settings;

  /** Headers of one request, whose id its operations keep in their contexts. */
  function headersOf(operations: readonly Operation[]): Record<string, string> {
    const requestId = randomId();
    for (const { context } of operations) context["requestId"] = requestId;
    return commonHeaders(settings, requestId);
  }

  function goesAlone({ path, input }: Operation): boolean {
    if (!cacheable.has(path)) return false;
    const question = input === undefined ? "" : encodeURIComponent(JSON.stringify(input));
    return `${endpoint}/${path}?input=${question}`.length <= MAX_URL_LENGTH;
  }

  /** What the links of tRPC take for fetch. */
  function request(url: RequestInfo | URL, init: LinkRequest = {}): Promise<HttpAnswer> {
    const { method = "GET", headers = {}, body = null, signal = null } = init;
    const address = url instanceof Request ? url.url : url.toString();
    return exchange(fetch, address, { method, headers, body, signal });
  }

  const transport = { url: endpoint, fetch: request };
  const alone = httpLink<AppRouter>({ ...transport, headers: ({ op }) => headersOf([op]) });
  const together = httpBatchLink<AppRouter>({
    ...transport,
    methodOverride: "POST",
    maxItems: MAX_BATCH_SIZE,
    maxURLLength: MAX_URL_LENGTH,
    headers: async ({ opList }) => {
      const bearer = await authorization(settings.token);
      return { ...headersOf(opList), ...(bearer === null ? {} : { authorization: bearer }) };
    },
  });
  return (runtime) => {
    const links = { alone: alone(runtime), together: together(runtime) };
    return (call) => links[goesAlone(call.op) ? "alone" : "together"](call);
  };
}
