import { DOMAIN_ERROR_STATUS } from "@lectern/contract/error-codes";
import {
  type ClientOptions,
  type DomainErrorCode,
  type DomainErrorData,
  type LecternClient,
  LecternError,
  type RouterInputs,
  type RouterOutputs,
  type Watchable,
  createClient,
  isLecternError,
} from "./index.ts";

/** For tests of programs that use a client: one that answers from functions instead of a server. */

/** What a handler gives: an answer, or for a subscription all that it tells. */
type Given<Method, Output> =
  Method extends Watchable<never, unknown, string>
    ? Iterable<Output> | AsyncIterable<Output>
    : Output | Promise<Output>;

type HandlersOf<Methods, Inputs, Outputs> = {
  readonly [Name in keyof Methods & keyof Inputs & keyof Outputs]?: (
    input: Inputs[Name],
  ) => Given<Methods[Name], Outputs[Name]>;
};

/** What to answer, by feature and procedure. What is left out answers that it is not mocked. */
export type MockHandlers = {
  readonly [Feature in keyof RouterInputs]?: HandlersOf<
    LecternClient[Feature],
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

/** @throws what is none of the domain's */
function refusalOf(error: unknown) {
  if (!isLecternError(error)) throw error;
  const { code, data, message } = error;
  return wireError(message, DOMAIN_ERROR_STATUS[code], { code, data });
}

async function answerTo(handlers: MockHandlers, { procedure, input }: MockCall) {
  const handler = handlerAt(handlers, procedure);
  if (handler === undefined) return wireError(`${procedure} is not mocked`, 404, null);
  try {
    return { result: { data: await handler(input) } };
  } catch (error) {
    return refusalOf(error);
  }
}

function isTold(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return isFields(value) && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

/** What a subscription tells, as the wire carries it. */
async function* eventsOf(handlers: MockHandlers, call: MockCall): AsyncGenerator<string, void> {
  yield "event: connected\ndata: {}\n\n";
  let answer = await answerTo(handlers, call);
  if ("result" in answer) {
    const { data: told } = answer.result;
    if (!isTold(told))
      throw new TypeError(`The handler of ${call.procedure} gave nothing to iterate`);
    try {
      for await (const data of told) yield `data: ${JSON.stringify(data)}\n\n`;
      yield "event: return\ndata:\n\n";
      return;
    } catch (error) {
      answer = refusalOf(error);
    }
  }
  yield `event: serialized-error\ndata: ${JSON.stringify(answer.error)}\n\n`;
}

function streamOf(events: AsyncGenerator<string, void>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await events.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await events.return();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
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
 * Makes a client that answers from functions. Inputs and answers go through JSON as on the wire. The
 * handler of a subscription gives all that it tells, as an array or from an async generator. A
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
      const [call] = asked;
      const isStream = new Headers(init.headers).get("accept") === "text/event-stream";
      if (isStream && call !== undefined) return streamOf(eventsOf(handlers, call));
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
