import { readFileSync } from "node:fs";
import {
  type AnyTRPCRootTypes,
  type AnyTRPCRouter,
  type TRPCDefaultErrorShape,
  type TRPCRootConfig,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
} from "@trpc/server";
import { getHTTPStatusCode } from "@trpc/server/http";
import type { TRPCResponse } from "@trpc/server/rpc";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { endOfTurn } from "./end-of-turn.ts";
import { type WireCall, WireReader, type WireRequest } from "./wire-request.ts";
import { writeAnswer } from "./write-answer.ts";

/**
 * Queries and mutations, one by one and in batches, from Fastify's request to one write of the answer. tRPC's own
 * adapter makes a URL, Headers, a Request, a Response and streams for each, which costs several times what most
 * procedures do (docs/decisions/own-wire-handler.md). What goes over the wire is the same: `pnpm test:wire` compares.
 */

/** The version of tRPC that it was compared with: it leans on how that one calls procedures. */
export const PROVEN_WITH = "11.22.1";

const Package = z.object({ version: z.string() });

/** @returns the version of tRPC that is installed */
export function installedTrpcVersion(): string {
  const file = new URL(import.meta.resolve("@trpc/server/package.json"));
  return Package.parse(JSON.parse(readFileSync(file, "utf8"))).version;
}

/** What is known of an answer before it is written. */
export interface AnswerMeta {
  readonly request: FastifyRequest;
  readonly paths: readonly string[];
  readonly type: "query" | "mutation";
  readonly errors: readonly TRPCError[];
}

export interface WireOptions {
  readonly router: AnyTRPCRouter;
  readonly maxBatchSize: number;
  /** @param path the names of all calls, as the address has them */
  readonly createContext: (
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
  ) => Promise<unknown>;
  /** @returns headers of the answer */
  readonly headersOf: (meta: AnswerMeta) => Readonly<Record<string, string>>;
  /** Called for every call that failed. */
  readonly onError: (
    request: FastifyRequest,
    failed: { readonly error: TRPCError; readonly path?: string },
  ) => void;
  /** Answers a request without a call, if it can. @returns whether it has @throws what each call is answered with then */
  readonly answerFirst?: (
    request: FastifyRequest,
    reply: FastifyReply,
    wire: WireRequest,
  ) => Promise<boolean>;
  /** Called after mutations, with the names of those that succeeded; where nobody can tell, of all. */
  readonly onMutated?: (paths: readonly string[]) => void;
  /** Called when there is nobody left to answer. */
  readonly onLeft: (request: FastifyRequest, reply: FastifyReply) => void;
}

type Result = { readonly data: unknown } | { readonly error: TRPCError };

/** A router whose formatter is one. */
interface Formatted extends AnyTRPCRootTypes {
  readonly errorShape: TRPCDefaultErrorShape;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly errors: readonly TRPCError[];
  /** Names of the calls that did not fail. */
  readonly succeeded: readonly string[];
}

/** Statuses from this one on (RFC 9110, 15.6). */
const OUR_FAULTS = 500;

/** Asked of every answer, by caches: a client may ask for another form of it. */
const VARY = "trpc-accept, accept";

/** Serves those requests that it understands. */
export class WireHandler {
  readonly #options: WireOptions;
  readonly #reader: WireReader;
  readonly #config: TRPCRootConfig<Formatted>;

  constructor(options: WireOptions) {
    const config: unknown = options.router._def._config;
    if (!isConfig(config)) throw new TypeError("This is no router of tRPC");
    this.#options = options;
    this.#config = config;
    this.#reader = new WireReader(options.router, options.maxBatchSize);
  }

  /**
   * @param path what the address says below the prefix, decoded
   * @returns whether it has answered; otherwise the request is as it was
   */
  async serve(request: FastifyRequest, reply: FastifyReply, path: string): Promise<boolean> {
    let wire = this.#reader.read(request, path);
    if (wire === undefined) return false;
    const { answerFirst, onMutated, onLeft } = this.#options;
    try {
      if ((await answerFirst?.(request, reply, wire)) === true) return true;
    } catch (cause) {
      wire = failing(wire, cause);
    }
    const left = new AbortController();
    reply.raw.once("close", () => {
      if (!reply.raw.writableEnded) left.abort();
    });
    const answer = await this.#answer(request, reply, path, wire, left.signal);
    const paths = wire.calls.map((call) => call.path);
    if (wire.type === "mutation" && answer.succeeded.length > 0) onMutated?.(answer.succeeded);
    await endOfTurn();
    if (left.signal.aborted) {
      reply.hijack();
      onLeft(request, reply);
      return true;
    }
    const { status, body, errors } = answer;
    const own = this.#options.headersOf({ request, paths, type: wire.type, errors });
    writeAnswer(reply, status, { ...own, vary: VARY, "content-type": "application/json" }, body);
    return true;
  }

  /**
   * Asks a query on behalf of nobody in particular.
   *
   * @returns the answer as JSON; `undefined` where the question is a mistake, of which nobody is told
   * @throws TRPCError for what is wrong on our side
   */
  async ask(
    path: string,
    json: string | undefined,
    context: unknown,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const wire = this.#reader.readQuery(path, json);
    const [call] = wire?.calls ?? [];
    if (wire === undefined || call === undefined) return undefined;
    try {
      const data = await run(wire, call, 0, context, signal);
      const result = { data };
      requireWhole(result);
      return this.#written([result], wire, context).body;
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause);
      // What it is to a client is said by its shape alone.
      const { data } = this.#shapeOf({ error, type: wire.type, path, ctx: context });
      if (data.httpStatus < OUR_FAULTS) return undefined;
      throw error;
    }
  }

  async #answer(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    wire: WireRequest,
    signal: AbortSignal,
  ): Promise<Answer> {
    let context: unknown;
    try {
      let { calls } = wire;
      try {
        context = await this.#options.createContext(request, reply, path);
      } catch (cause) {
        ({ calls } = failing(wire, cause));
      }
      const [first] = calls;
      if (!wire.isBatch && first !== undefined) {
        const result = await this.#call(request, wire, first, 0, context, signal);
        requireWhole(result);
        return this.#written([result], wire, context);
      }
      const results = await Promise.all(
        calls.map((call, index) => this.#call(request, wire, call, index, context, signal)),
      );
      return this.#written(results.map(wholeOrError), wire, context);
    } catch (cause) {
      // Where an answer is no JSON, there is one error for all.
      const error = getTRPCErrorFromUnknown(cause);
      this.#options.onError(request, { error });
      const shape = this.#shapeOf({ error, type: wire.type, ctx: context });
      const { status, body } = this.#answerOf([{ error: shape }], false);
      return { status, body, errors: [error], succeeded: wire.calls.map((call) => call.path) };
    }
  }

  async #call(
    request: FastifyRequest,
    wire: WireRequest,
    call: WireCall,
    index: number,
    ctx: unknown,
    signal: AbortSignal,
  ): Promise<Result> {
    try {
      const data = await run(wire, call, index, ctx, signal);
      return { data };
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause);
      this.#options.onError(request, { error, path: call.path });
      return { error };
    }
  }

  #written(results: readonly Result[], wire: WireRequest, ctx: unknown): Answer {
    const errors: TRPCError[] = [];
    const succeeded: string[] = [];
    const envelopes = results.map((result, index): TRPCResponse => {
      const path = wire.calls[index]?.path;
      if (!("error" in result)) {
        if (path !== undefined) succeeded.push(path);
        return { result: { data: result.data } };
      }
      const { error } = result;
      errors.push(error);
      const input = wire.inputs.known(index);
      const shape = this.#shapeOf({ error, type: wire.type, path, input, ctx });
      return { error: shape };
    });
    return { ...this.#answerOf(envelopes, wire.isBatch), errors, succeeded };
  }

  #shapeOf(failed: {
    readonly error: TRPCError;
    readonly type: "query" | "mutation";
    readonly path?: string | undefined;
    readonly input?: unknown;
    readonly ctx: unknown;
  }): TRPCDefaultErrorShape {
    const { error, type, path, input, ctx } = failed;
    const config = this.#config;
    return getTRPCErrorShape<Formatted>({ config, error, type, path, input, ctx });
  }

  #answerOf(envelopes: TRPCResponse[], isBatch: boolean): Pick<Answer, "status" | "body"> {
    const { output } = this.#config.transformer;
    const isFailing = envelopes.some((envelope) => "error" in envelope);
    const status = isFailing ? getHTTPStatusCode(envelopes) : 200;
    const written = envelopes.map((envelope) => {
      if ("error" in envelope) {
        const error: unknown = output.serialize(envelope.error);
        return { error };
      }
      const data: unknown = output.serialize(envelope.result.data);
      return { result: { data } };
    });
    return { status, body: JSON.stringify(isBatch ? written : written[0]) };
  }
}

/** @returns the same request, each of whose calls fails by itself */
function failing(wire: WireRequest, cause: unknown): WireRequest {
  const failed = Promise.reject(getTRPCErrorFromUnknown(cause));
  failed.catch(() => {});
  return { ...wire, calls: wire.calls.map((call) => ({ ...call, run: () => failed })) };
}

function run(
  { inputs, type }: WireRequest,
  call: WireCall,
  index: number,
  ctx: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  return call.run({
    path: call.path,
    type,
    ctx,
    signal,
    batchIndex: index,
    getRawInput: () => Promise.try(() => inputs.of(index)),
  });
}

function isConfig(value: unknown): value is TRPCRootConfig<Formatted> {
  return isObject(value) && "errorFormatter" in value && "transformer" in value;
}

/** @throws TRPCError where a part of the answer is still to come: there is no way to send that in one piece */
function requireWhole(result: Result): void {
  if ("data" in result && hasPartsToCome(result.data)) throw partsToCome();
}

function wholeOrError(result: Result): Result {
  return "data" in result && hasPartsToCome(result.data) ? { error: partsToCome() } : result;
}

function partsToCome(): TRPCError {
  const message =
    "Cannot use stream-like response in non-streaming request - use httpBatchStreamLink";
  return new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE", message });
}

function hasPartsToCome(data: unknown): boolean {
  if (!isObject(data)) return false;
  return (
    isAsyncIterable(data) ||
    Object.values(data).some((part) => isPromise(part) || isAsyncIterable(part))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAsyncIterable(value: unknown): boolean {
  return isObject(value) && Symbol.asyncIterator in value;
}

function isPromise(value: unknown): boolean {
  return (
    (isObject(value) || typeof value === "function") &&
    "then" in value &&
    typeof value.then === "function" &&
    "catch" in value &&
    typeof value.catch === "function"
  );
}
