import { type Caller, createCaller } from "./caller.ts";
import type { CallResponse, LecternClient } from "./client-types.ts";
import { environmentDefaults } from "./environment.ts";
import { createHttpLink, createStreamOpener } from "./http-link.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { createReporter } from "./reporter.ts";
import type { StreamSettings } from "./stream-source.ts";
import { CLIENT_VERSION } from "./version.ts";

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_RETRIES = 2;

/** What may be said in a header, and is worth logging. */
const CLIENT_NAME = /^[\x21-\x7e]+( [\x21-\x7e]+)*$/u;

const callers = new WeakMap<LecternClient, Caller>();

function endpointOf(url: string | URL | undefined): string {
  // In browsers the page's own origin is the academy; Node has no origin.
  const address = url?.toString() ?? globalThis.location?.origin;
  if (address === undefined) {
    throw new TypeError("Where is the academy? Pass `url` to createClient, or set LECTERN_URL.");
  }
  return `${address.replace(/\/+$/u, "")}/trpc`;
}

function clientHeader(name: string | undefined): string {
  const own = `lectern-client/${CLIENT_VERSION}`;
  if (name === undefined) return own;
  if (!CLIENT_NAME.test(name)) {
    throw new TypeError("clientName goes into a header: printable ASCII characters alone");
  }
  return `${name} ${own}`;
}

/** What carries a client's calls, and what opens its streams. */
interface Transport {
  readonly call: Caller;
  /** Nothing says that a link of the caller's own could carry streams, too. */
  readonly streams: StreamSettings | undefined;
}

function transportOf(options: ClientOptions): Transport {
  const environment = environmentDefaults();
  const reporter = createReporter(options.hooks ?? {}, options.logger);
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const calls = { timeoutMs, maxRetries: options.maxRetries ?? DEFAULT_MAX_RETRIES, reporter };
  if (options.link !== undefined) {
    return { call: createCaller({ ...calls, link: options.link }), streams: undefined };
  }
  const http = {
    endpoint: endpointOf(options.url ?? environment.url),
    token: options.token ?? environment.token,
    fetch: options.fetch,
    clientName: clientHeader(options.clientName),
    language: options.language,
    traceparent: options.traceparent,
  };
  return {
    call: createCaller({ ...calls, link: createHttpLink(http) }),
    streams: { open: createStreamOpener(http), timeoutMs, reporter },
  };
}

/** The promise of an answer's data, from which its response can be had as well. */
function pendingCall(response: Promise<CallResponse<unknown>>) {
  const data = response.then((answer) => answer.data);
  return Object.assign(data, {
    withResponse() {
      // Whoever asks for the response handles the failure there.
      data.catch(() => {});
      return response;
    },
  });
}

/** What a client has beside its procedures. */
type Own = Readonly<Record<string, unknown>>;

/** Makes `client.bookings.hold.mutate` out of nothing but the names that are asked for. */
function procedures(transport: Transport, path: readonly string[], own: Own): LecternClient;
function procedures(transport: Transport, path: readonly string[], own: Own): object {
  const { call, streams } = transport;
  return new Proxy(ignore, {
    get(_target, name) {
      // A client that has a `then` would be taken for a promise by `await`.
      if (typeof name !== "string" || name === "then") return undefined;
      if (Object.hasOwn(own, name)) return own[name];
      if (name !== "~stream") return procedures(transport, [...path, name], {});
      if (streams !== undefined) return { ...streams, procedure: path.join(".") };
      throw new TypeError("A client with a link of its own can't watch anything");
    },
    apply(_target, _self, [input, options]: [unknown, CallOptions | undefined]) {
      const procedure = path.slice(0, -1).join(".");
      switch (path.at(-1)) {
        case "query":
          return pendingCall(call("query", procedure, input, options));
        case "mutate":
          return pendingCall(call("mutation", procedure, input, options));
        default:
          throw new TypeError(
            `${path.join(".")} is no function: call .query() or .mutate(), or hand it to subscribe()`,
          );
      }
    },
  });
}

function ignore(): void {}

/**
 * Makes a client of an academy: its procedures as the methods of an object, typed as the server
 * declares them. Calls throw the errors of `errors.ts`; `safe` returns them instead.
 *
 * @throws TypeError when it can't tell where the academy is, or an option can't be used
 * @example
 * const client = createClient({ url: "https://academy.example" });
 * const { items } = await client.courses.list.query({ levels: ["beginner"] });
 */
export function createClient(options: ClientOptions = {}): LecternClient {
  const transport = transportOf(options);
  const client = procedures(transport, [], {
    withOptions: (others: ClientOptions) => createClient({ ...options, ...others }),
  });
  callers.set(client, transport.call);
  return client;
}

/** @returns the function that a client's calls go through */
export function callerOfClient(client: LecternClient): Caller {
  const caller = callers.get(client);
  if (caller === undefined) throw new TypeError("This is no client that createClient made");
  return caller;
}
