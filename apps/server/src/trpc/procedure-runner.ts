import { type AnyTRPCProcedure, getTRPCErrorFromUnknown, TRPCError } from "@trpc/server";
import type { z } from "zod";
import { isSurelySynchronous } from "./synchronous-shapes.ts";

/** What a procedure is called with. */
export interface ProcedureCall {
  readonly ctx: unknown;
  readonly getRawInput: () => Promise<unknown>;
  readonly path: string;
  readonly type: AnyTRPCProcedure["_def"]["type"];
  readonly signal: AbortSignal;
  readonly batchIndex: number;
}

/** @returns what the procedure answers @throws whatever it throws */
export type ProcedureRunner = (call: ProcedureCall) => Promise<unknown>;

/** What a middleware is called with, and hands on. */
interface Step extends ProcedureCall {
  readonly input: unknown;
}

/** What a middleware may change for those after it. */
interface Change {
  readonly ctx?: object;
  readonly input?: unknown;
  readonly getRawInput?: () => Promise<unknown>;
}

type Next = (change?: Change) => Promise<unknown>;

interface MiddlewareOptions extends Step {
  readonly meta: unknown;
  readonly next: Next;
}

type Middleware = (options: MiddlewareOptions) => unknown;

interface Definition {
  readonly middlewares: readonly Middleware[];
  readonly inputs: readonly unknown[];
  readonly output?: unknown;
  readonly meta?: unknown;
}

/** By which tRPC tells what middlewares return. */
const MARKER = "middlewareMarker";

/**
 * Prepares a procedure for being called often. It runs as tRPC runs it, middleware by middleware, without what makes that slow:
 * options are copied property by property there, and shapes parsed the asynchronous way, for which zod has no compiled
 * code. A procedure that is built in another way than those of `@trpc/server` 11 is left to run itself.
 */
export function runnerOf(procedure: AnyTRPCProcedure): ProcedureRunner {
  const definition: unknown = procedure._def;
  if (!isDefinition(definition)) return (call) => procedure(call);
  const { meta } = definition;
  const middlewares = withCompiledShapes(definition);

  async function run(index: number, step: Step): Promise<unknown> {
    try {
      const middleware = middlewares[index];
      if (middleware === undefined) throw new TypeError("The last middleware has called next()");
      return await middleware({
        ctx: step.ctx,
        getRawInput: step.getRawInput,
        path: step.path,
        type: step.type,
        signal: step.signal,
        batchIndex: step.batchIndex,
        input: step.input,
        meta,
        next: (change) => run(index + 1, change === undefined ? step : changed(step, change)),
      });
    } catch (cause) {
      return { ok: false, error: getTRPCErrorFromUnknown(cause), marker: MARKER };
    }
  }

  return async (call) => {
    const result = await run(0, {
      ctx: call.ctx,
      getRawInput: call.getRawInput,
      path: call.path,
      type: call.type,
      signal: call.signal,
      batchIndex: call.batchIndex,
      input: undefined,
    });
    if (!result) {
      const message = "No result from middlewares - did you forget to `return next()`?";
      throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message });
    }
    if (!isResult(result) || !result.ok) throw errorOf(result);
    return result.data;
  };
}

function changed(step: Step, change: Change): Step {
  return {
    ctx: change.ctx ? { ...asObject(step.ctx), ...change.ctx } : step.ctx,
    getRawInput: change.getRawInput ?? step.getRawInput,
    path: step.path,
    type: step.type,
    signal: step.signal,
    batchIndex: step.batchIndex,
    input: "input" in change ? change.input : step.input,
  };
}

function asObject(value: unknown): object | undefined {
  return typeof value === "object" && value !== null ? value : undefined;
}

type Result =
  | { readonly ok: true; readonly data?: unknown }
  | { readonly ok: false; readonly error?: unknown };

function errorOf(result: unknown): unknown {
  return isResult(result) && !result.ok ? result.error : undefined;
}

function isResult(value: unknown): value is Result {
  return typeof value === "object" && value !== null;
}

function isFunction(value: unknown): value is Middleware {
  return typeof value === "function";
}

function isDefinition(value: unknown): value is Definition {
  return (
    typeof value === "object" &&
    value !== null &&
    "middlewares" in value &&
    Array.isArray(value.middlewares) &&
    value.middlewares.every(isFunction) &&
    "inputs" in value &&
    Array.isArray(value.inputs) &&
    // Whoever says how it is to be called is asked to.
    !("experimental_caller" in value && value.experimental_caller === true)
  );
}

/** @returns the middlewares, those that parse with zod replaced by others that do so synchronously */
function withCompiledShapes({ middlewares, inputs, output }: Definition): readonly Middleware[] {
  let inputsSeen = 0;
  const outputs = middlewares.filter((middleware) => kindOf(middleware) === "output");
  return middlewares.map((middleware) => {
    const kind = kindOf(middleware);
    if (kind === "input") {
      const shape = inputs[inputsSeen];
      inputsSeen += 1;
      return isSurelySynchronous(shape) ? inputStep(shape) : middleware;
    }
    // Only the last one is known where there are several.
    const isOnlyOutput = kind === "output" && outputs.length === 1;
    return isOnlyOutput && isSurelySynchronous(output) ? outputStep(output) : middleware;
  });
}

function kindOf(middleware: Middleware): unknown {
  return "_type" in middleware ? middleware._type : undefined;
}

/** Parses an input, and joins it with what earlier shapes have made of theirs. */
function inputStep(shape: z.ZodType): Middleware {
  return async ({ getRawInput, input, next }) => {
    const raw = await getRawInput();
    let parsed: unknown;
    try {
      parsed = shape.parse(raw);
    } catch (cause) {
      throw new TRPCError({ code: "BAD_REQUEST", cause });
    }
    if (!isPlain(input) || !isPlain(parsed)) return next({ input: parsed });
    return next({ input: { ...input, ...parsed } });
  };
}

function outputStep(shape: z.ZodType): Middleware {
  return async ({ next }) => {
    const result = await next();
    if (!isResult(result) || !result.ok) return result;
    try {
      const data: unknown = shape.parse(result.data);
      return { ...result, data };
    } catch (cause) {
      const message = "Output validation failed";
      throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message, cause });
    }
  };
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
