import { DOMAIN_ERROR_STATUS } from "@lectern/contract/error-codes";
import {
  type ClientOptions,
  type DomainErrorCode,
  type DomainErrorData,
  type LecternClient,
  LecternError,
  type RouterInputs,
  type RouterOutputs,
  createClient,
  isLecternError,
} from "./index.ts";

/** For tests of programs that use a client: one that answers from functions instead of a server. */

type HandlersOf<Inputs, Outputs> = {
  readonly [Name in keyof Inputs & keyof Outputs]?: (
    input: Inputs[Name],
  ) => Outputs[Name] | Promise<Outputs[Name]>;
};

/** What to answer, by feature and procedure. What is left out answers that it is not mocked. */
export type MockHandlers = {
  readonly [Feature in keyof RouterInputs]?: HandlersOf<
    RouterInputs[Feature],
    RouterOutputs[Feature]
  >;
};

/** A call that the mock client got, with its input as the wire carried it. */
export interface MockCall {
  readonly procedure: string;
  readonly input: unknown;
}

export interface MockClient {
  readonly client: LecternClient;
  /** The calls so far, in order. */
  readonly calls: readonly MockCall[];
}

type Handler = (input: unknown) => unknown;

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function handlerAt(handlers: MockHandlers, path: string): Handler | undefined {
  let found: unknown = handlers;
  for (const name of path.split(".")) found = isFields(found) ? found[name] : undefined;
  return isHandler(found) ? found : undefined;
}

function wireError(message: string, httpStatus: number, domain: object | null) {
  const code = domain === null ? "NOT_FOUND" : "CONFLICT";
  return { error: { message, code: -32000, data: { code, httpStatus, requestId: null, domain } } };
}

async function answerTo(handlers: MockHandlers, { procedure, input }: MockCall): Promise<object> {
  const handler = handlerAt(handlers, procedure);
  if (handler === undefined) return wireError(`${procedure} is not mocked`, 404, null);
  try {
    return { result: { data: await handler(input) } };
  } catch (error) {
    if (!isLecternError(error)) throw error;
    const { code, data, message } = error;
    return wireError(message, DOMAIN_ERROR_STATUS[code], { code, data });
  }
}

/** What a request of the client asks: one call, or a batch of them. */
function callsOf(url: URL, body: unknown): MockCall[] {
  const paths = url.pathname.replace("/trpc/", "").split(",");
  const text = typeof body === "string" ? body : url.searchParams.get("input");
  const inputs: unknown = text === null ? undefined : JSON.parse(text);
  if (!url.searchParams.has("batch"))
    return paths.map((procedure) => ({ procedure, input: inputs }));
  return paths.map((procedure, index) => ({
    procedure,
    input: isFields(inputs) ? inputs[String(index)] : undefined,
  }));
}

/**
 * Makes a client that answers from functions. Inputs and answers go through JSON as on the wire. A
 * handler that throws a `domainError` makes the call fail with it; whatever else it throws
 * looks like a connection that broke, with the error as its cause.
 *
 * @param options as of `createClient`; nothing is retried unless they say so
 * @example
 * const { client, calls } = createMockClient({
 *   bookings: { hold: () => { throw domainError("SoldOut", { runId, placesLeft: 1, requested: 2 }) } },
 * });
 */
export function createMockClient(handlers: MockHandlers, options: ClientOptions = {}): MockClient {
  const calls: MockCall[] = [];
  const client = createClient({
    url: "http://mock.invalid",
    maxRetries: 0,
    ...options,
    async fetch(address, init) {
      const url = new URL(address);
      const asked = callsOf(url, init.body);
      calls.push(...asked);
      const answers = await Promise.all(asked.map((call) => answerTo(handlers, call)));
      return Response.json(url.searchParams.has("batch") ? answers : answers[0]);
    },
  });
  return { client, calls };
}

/** Makes a domain error for a handler of a mock client to throw. */
export function domainError<Code extends DomainErrorCode>(
  code: Code,
  data: DomainErrorData<Code>,
  message: string = code,
): LecternError<Code> {
  return new LecternError({ code, data }, message, {
    procedure: "mock",
    requestId: null,
    attempts: 1,
  });
}
