import { type AnyTRPCProcedure, type AnyTRPCRouter, TRPCError } from "@trpc/server";
import type { FastifyRequest } from "fastify";
import { type ProcedureRunner, runnerOf } from "./procedure-runner.ts";

/** A procedure that can be called. */
export interface WireCall {
  /** Full name of the procedure. */
  readonly path: string;
  readonly type: AnyTRPCProcedure["_def"]["type"];
  readonly run: ProcedureRunner;
}

/** A request of tRPC's protocol. */
export interface WireRequest {
  /** One, unless it is a batch; all of the same type. */
  readonly calls: readonly WireCall[];
  readonly isBatch: boolean;
  readonly type: "query" | "mutation";
  readonly inputs: WireInputs;
  /** What the inputs are read from, if there are any. */
  readonly json: string | undefined;
}

const JSON_TYPE = /^application\/json\s*(?:;|$)/iu;
/** One is taken away as a body is decoded, and another as it is read as JSON. */
const BYTE_ORDER_MARKS = /^\uFEFF{1,2}/u;

/** Reads requests of tRPC's protocol from what Fastify has parsed of them already. */
export class WireReader {
  readonly #router: AnyTRPCRouter;
  readonly #calls: ReadonlyMap<string, WireCall>;
  readonly #maxBatchSize: number;

  constructor(router: AnyTRPCRouter, maxBatchSize: number) {
    this.#router = router;
    this.#calls = callsOf(router);
    this.#maxBatchSize = maxBatchSize;
  }

  /**
   * @param path what the address says below the prefix, decoded: a name, or the names of a batch
   * @returns `undefined` for all that is no call, and no batch of calls, of queries or mutations: that need not be a
   *   mistake, and tRPC's own adapter knows what to say
   */
  read(request: FastifyRequest, path: string): WireRequest | undefined {
    // That adapter decodes a path once more.
    if (path.includes("%") || wantsStream(request)) return undefined;
    const query = readQuery(request.raw.url ?? "");
    if (query === undefined) return undefined;
    const text = textOf(request, query.input);
    if (text === undefined) return undefined;
    const { isBatch } = query;
    const calls = this.#find(isBatch ? path.split(",") : [path]);
    const type = calls?.[0]?.type;
    if (calls === undefined || type === undefined || type === "subscription") return undefined;
    if (type === "mutation" && request.method === "GET") return undefined;
    if (calls.some((call) => call.type !== type)) return undefined;
    const batchSize = isBatch ? calls.length : undefined;
    const { json } = text;
    return { calls, isBatch, type, json, inputs: new WireInputs(this.#router, json, batchSize) };
  }

  /** @returns a query on behalf of nobody in particular; `undefined` for a name that is none of a query */
  readQuery(path: string, json: string | undefined): WireRequest | undefined {
    const call = this.#calls.get(path);
    if (call?.type !== "query") return undefined;
    const inputs = new WireInputs(this.#router, json, undefined);
    return { calls: [call], isBatch: false, type: "query", json, inputs };
  }

  #find(paths: readonly string[]): WireCall[] | undefined {
    if (paths.length > this.#maxBatchSize) return undefined;
    const calls: WireCall[] = [];
    for (const path of paths) {
      const call = this.#calls.get(path);
      if (call === undefined) return undefined;
      calls.push(call);
    }
    return calls;
  }
}

/** The inputs of a request's calls: parsed when the first procedure wants to know, as some never do. */
export class WireInputs {
  readonly #router: AnyTRPCRouter;
  readonly #json: string | undefined;
  readonly #batchSize: number | undefined;
  #parsed: readonly unknown[] | TRPCError | undefined;

  /**
   * @param json `undefined` where there is no input
   * @param batchSize `undefined` for a call that is no batch
   */
  constructor(router: AnyTRPCRouter, json: string | undefined, batchSize: number | undefined) {
    this.#router = router;
    this.#json = json;
    this.#batchSize = batchSize;
  }

  /** @throws TRPCError for what is no JSON, or no batch */
  of(index: number): unknown {
    this.#parsed ??= this.#parse();
    if (this.#parsed instanceof TRPCError) throw this.#parsed;
    return this.#parsed[index];
  }

  /** The same for who tells of it: `undefined` where nobody has asked for it, or it could not be read. */
  known(index: number): unknown {
    return this.#parsed instanceof TRPCError ? undefined : this.#parsed?.[index];
  }

  #parse(): readonly unknown[] | TRPCError {
    if (this.#json === undefined) return [];
    try {
      const { input } = this.#router._def._config.transformer;
      const deserialize = (given: unknown): unknown => input.deserialize(given);
      const value: unknown = JSON.parse(this.#json);
      if (this.#batchSize === undefined) return [deserialize(value)];
      if (!isRecord(value)) {
        const message = '"input" needs to be an object when doing a batch call';
        return new TRPCError({ code: "BAD_REQUEST", message });
      }
      return Array.from({ length: this.#batchSize }, (_, index): unknown => {
        const one = value[index];
        return one === undefined ? undefined : deserialize(one);
      });
    } catch (cause) {
      if (cause instanceof TRPCError) return cause;
      const message = cause instanceof Error ? cause.message : "Invalid input";
      return new TRPCError({ code: "BAD_REQUEST", message, cause });
    }
  }
}

function isRecord(value: unknown): value is Readonly<Record<number, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isProcedure(value: unknown): value is AnyTRPCProcedure {
  return typeof value === "function" && "_def" in value;
}

function callsOf(router: AnyTRPCRouter): ReadonlyMap<string, WireCall> {
  const calls = new Map<string, WireCall>();
  const procedures: unknown = router._def.procedures;
  if (typeof procedures !== "object" || procedures === null) return calls;
  for (const [path, procedure] of Object.entries(procedures)) {
    if (!isProcedure(procedure)) continue;
    calls.set(path, { path, type: procedure._def.type, run: runnerOf(procedure) });
  }
  return calls;
}

/** Whether the answer is to come in pieces. */
function wantsStream({ headers }: FastifyRequest): boolean {
  return (
    headers["trpc-accept"] !== undefined || headers.accept?.includes("application/jsonl") === true
  );
}

interface WireQuery {
  readonly isBatch: boolean;
  readonly input: string | undefined;
}

const INPUT = "input=";
const BATCH = "batch=1&input=";

/**
 * Reads the query string as tRPC's adapter does, and not as Fastify did: the two differ in what can't be decoded and
 * in what is there twice.
 */
function readQuery(url: string): WireQuery | undefined {
  // What follows belongs to no query.
  if (url.includes("#")) return undefined;
  const start = url.indexOf("?");
  if (start === -1) return { isBatch: false, input: undefined };
  const query = url.slice(start + 1);
  return readUsualQuery(query) ?? readAnyQuery(query);
}

/** What tRPC's own clients send, which takes no parser. */
function readUsualQuery(query: string): WireQuery | undefined {
  const isBatch = query.startsWith(BATCH);
  if (!isBatch && !query.startsWith(INPUT)) return undefined;
  const input = query.slice(isBatch ? BATCH.length : INPUT.length);
  if (input.includes("&") || input.includes("+")) return undefined;
  try {
    return { isBatch, input: decodeURIComponent(input) };
  } catch {
    return undefined;
  }
}

function readAnyQuery(query: string): WireQuery | undefined {
  const parameters = new URLSearchParams(query);
  if (parameters.has("connectionParams")) return undefined;
  return {
    isBatch: parameters.get("batch") === "1",
    input: parameters.get("input") ?? undefined,
  };
}

/** @returns the JSON that holds the inputs, if any; `undefined` where it is for another to read what came */
function textOf(
  request: FastifyRequest,
  input: string | undefined,
): { readonly json: string | undefined } | undefined {
  const type = request.headers["content-type"];
  if (request.method === "GET") {
    if (type !== undefined && !JSON_TYPE.test(type)) return undefined;
    return { json: input === "" ? undefined : input };
  }
  const { body } = request;
  if (request.method !== "POST" || typeof body !== "string") return undefined;
  if (type === undefined || !JSON_TYPE.test(type)) return undefined;
  return { json: body.replace(BYTE_ORDER_MARKS, "") };
}
