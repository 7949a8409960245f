import { AsyncLocalStorage } from "node:async_hooks";
import { DomainError } from "@lectern/api/domain-error";
import { mayFail } from "@lectern/api/trpc/errors";
import {
  type AnyTRPCQueryProcedure,
  type AnyTRPCRouter,
  initTRPC,
  lazy,
  type TRPCDefaultErrorShape,
  TRPCError,
  tracked,
} from "@trpc/server";
import { observable } from "@trpc/server/observable";
import { TRPC_ERROR_CODES_BY_KEY, type TRPCErrorShape } from "@trpc/server/rpc";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { describe, type Entry } from "./ledger.ts";

/**
 * A router that has every kind of procedure, and whatever procedures can do. Some of it the types of tRPC forbid, which is
 * what `as never` stands for here: a program without types does it all the same.
 */

export interface SpecimenContext {
  readonly requestId: string;
  readonly who: string;
  /** As the context was told. */
  readonly path: string;
  readonly entry: Entry;
  readonly reply: FastifyReply;
  /** Of the calls of one request. */
  readonly marks: string[];
}

type SpecimenFormatter = (options: {
  readonly error: TRPCError;
  readonly type: string;
  readonly path: string | undefined;
  readonly input: unknown;
  readonly ctx: SpecimenContext | undefined;
  readonly shape: TRPCDefaultErrorShape;
}) => TRPCErrorShape;

export interface Transformer {
  readonly serialize: (value: unknown) => unknown;
  readonly deserialize: (value: unknown) => unknown;
}

export interface SpecimenOptions {
  readonly formatError: SpecimenFormatter;
  readonly transformer?: { readonly input: Transformer; readonly output: Transformer };
}

/** @returns the same procedures for each, of which nothing is shared */
export function specimenRouter({ formatError, transformer }: SpecimenOptions): AnyTRPCRouter {
  const t = createT({ formatError, ...(transformer && { transformer }) });
  return t.router({
    ...callsOf(t),
    input: t.router(inputsOf(t)),
    output: t.router(outputsOf(t)),
    result: t.router(resultsOf(t)),
    middleware: t.router(middlewaresOf(t)),
    fault: t.router(faultsOf(t)),
    declared: t.router(declaredOf(t)),
    reply: t.router(repliesOf(t)),
    nested: { deeper: { deepest: t.router({ query: baseOf(t).query(() => "deep") }) } },
    lazy: lazy(() => Promise.resolve(lazyOf(t))),
    ...namesOf(t),
  });
}

function createT({ formatError, transformer }: SpecimenOptions) {
  return initTRPC
    .context<SpecimenContext>()
    .meta<{ readonly label?: string }>()
    .create({
      isDev: false,
      errorFormatter: formatError,
      ...(transformer && { transformer }),
    });
}

type T = ReturnType<typeof createT>;

/** Notes that it ran. */
function baseOf(t: T) {
  return t.procedure.use(({ ctx, path, next }) => {
    ctx.entry.ran.push(path);
    return next();
  });
}

function callsOf(t: T) {
  const base = baseOf(t);
  return {
    nothing: base.query(() => "nothing"),
    echo: base.input(z.unknown()).query(({ input }) => ({ input })),
    bare: t.procedure.query(() => "bare"),
    change: base.input(z.unknown()).mutation(({ input }) => ({ changed: input })),
    changeNothing: base.mutation(() => null),
    changeFails: base.input(z.object({ name: z.string() })).mutation(({ input }) => {
      throw new TRPCError({ code: "CONFLICT", message: `${input.name} is there already` });
    }),
    /** All that a resolver is told. */
    told: base
      .meta({ label: "told" })
      .use(({ next, meta, type, path, signal, batchIndex, input, ctx, ...more }) =>
        next({
          ctx: {
            told: {
              label: meta?.label,
              type,
              path,
              aborted: signal?.aborted,
              batchIndex,
              input: describe(input),
              contextPath: ctx.path,
              more: Object.keys(more).sort(),
            },
          },
        }),
      )
      .input(z.unknown())
      .query(({ ctx, path, signal, batchIndex, ...more }) => ({
        ...ctx.told,
        again: [path, signal?.aborted, batchIndex, Object.keys(more).sort()],
      })),
    waits: base.query(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return "waited";
    }),
    waitsAndFails: base.input(z.unknown()).query(async ({ input }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new TRPCError({ code: "TIMEOUT", message: describe(input) });
    }),
    /** Until the client leaves. */
    lasts: base.query(async ({ signal, ctx }) => {
      await new Promise<void>((resolve) => {
        signal?.addEventListener("abort", () => resolve());
      });
      ctx.entry.noted.push("aborted");
      return "never";
    }),
    lastsAndFails: base.query(async ({ signal, ctx }) => {
      await new Promise<void>((resolve) => {
        signal?.addEventListener("abort", () => resolve());
      });
      ctx.entry.noted.push("aborted");
      throw new TRPCError({ code: "CLIENT_CLOSED_REQUEST" });
    }),
    lastsAndChanges: base.mutation(async ({ signal, ctx }) => {
      await new Promise<void>((resolve) => {
        signal?.addEventListener("abort", () => resolve());
      });
      ctx.entry.noted.push("aborted");
      return "never";
    }),
    /** Answers when the client has been gone for a while, whatever the signal says. */
    heedless: base.query(async ({ signal, ctx }) => {
      await new Promise<void>((resolve) => {
        signal?.addEventListener("abort", () => setTimeout(resolve, 10));
      });
      ctx.entry.noted.push(`answers, ${String(signal?.aborted)}`);
      return "x".repeat(100_000);
    }),
    /** Sees that the same input and the same context go to nobody else. */
    spoilsInput: base.input(z.custom<{ name?: string }>(() => true)).query(({ input, ctx }) => {
      if (typeof input === "object" && input !== null) input.name = `spoilt by ${ctx.who}`;
      throw new TRPCError({ code: "BAD_REQUEST", message: "spoilt" });
    }),
    spoilsContext: base.query(({ ctx }) => {
      ctx.marks.push("spoilt");
      return ctx.marks.length;
    }),
    overridden: asProcedure(
      t.procedure
        .experimental_caller(async ({ args, invoke, _def }) => {
          const answer: unknown = await invoke(args[0] as never);
          return { answer, type: _def.type };
        })
        .input(z.object({ name: z.string() }))
        .query(({ input }) => input.name as never),
    ),
    overriddenFails: asProcedure(
      t.procedure
        .experimental_caller(() => Promise.reject(new Error("The caller fails")))
        .query(() => "never" as never),
    ),
    concatenated: base
      .input(z.object({ name: z.string() }))
      .concat(
        t.procedure
          .input(z.object({ age: z.number().default(7) }))
          .use(({ ctx, next, input }) => next({ ctx: { joined: input, who: `${ctx.who}!` } })),
      )
      .input(z.object({ last: z.string().optional() }))
      .query(({ ctx, input }) => ({ input, joined: ctx.joined, who: ctx.who })),
    events: base.input(z.unknown()).subscription(async function* events({ input }) {
      yield { input };
      yield tracked("2", await Promise.resolve("second"));
    }),
    eventsFail: base.subscription(async function* eventsFail() {
      yield await Promise.resolve(1);
      throw new TRPCError({ code: "NOT_FOUND", message: "No more events" });
    }),
    eventsNever: base.subscription(() => {
      throw new TRPCError({ code: "FORBIDDEN" });
    }),
  };
}

/** How it is called is its own affair, and so are its types. */
function asProcedure(procedure: unknown): AnyTRPCQueryProcedure {
  return procedure as AnyTRPCQueryProcedure;
}

function inputsOf(t: T) {
  const base = baseOf(t);
  const echo = ({ input }: { readonly input: unknown }) => ({ input });
  return {
    object: base.input(z.object({ name: z.string(), age: z.int().optional() })).query(echo),
    strict: base.input(z.strictObject({ name: z.string() })).query(echo),
    loose: base.input(z.looseObject({ name: z.string() })).query(echo),
    optional: base.input(z.string().optional()).query(echo),
    nullish: base.input(z.object({ name: z.string() }).nullish()).query(echo),
    defaults: base
      .input(
        z
          .object({ page: z.number().default(1), size: z.number().prefault(20) })
          .default({ page: 3, size: 4 }),
      )
      .query(echo),
    caught: base.input(z.object({ page: z.number().catch(1) }).catch({ page: 9 })).query(echo),
    transformed: base.input(z.string().transform((text) => text.length)).query(echo),
    piped: base.input(z.coerce.number().pipe(z.number().min(3))).query(echo),
    preprocessed: base.input(z.preprocess((value) => String(value), z.string())).query(echo),
    codec: base
      .input(
        z.codec(z.string(), z.date(), {
          decode: (text) => new Date(text),
          encode: (date) => date.toISOString(),
        }),
      )
      .query(echo),
    union: base
      .input(
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("a"), a: z.string() }),
          z.object({ kind: z.literal("b"), b: z.number() }),
        ]),
      )
      .query(echo),
    recursive: base
      .input(
        z.object({
          name: z.string(),
          get inner() {
            return z.array(z.object({ name: z.string() })).optional();
          },
        }),
      )
      .query(echo),
    record: base.input(z.record(z.string(), z.number())).query(echo),
    manyFaults: base
      .input(
        z.object({
          a: z.string().min(2).max(4).regex(/^x/u),
          b: z.array(z.object({ c: z.number(), d: z.email() })),
          e: z.enum(["f", "g"]),
        }),
      )
      .query(echo),
    refined: base
      .input(
        z
          .object({ from: z.number(), to: z.number() })
          .refine(({ from, to }) => from < to, { path: ["to"], message: "ends before it begins" }),
      )
      .query(echo),
    refinementThrows: base
      .input(
        z.string().refine(() => {
          throw new TypeError("The refinement fails");
        }),
      )
      .query(echo),
    asynchronous: base
      .input(
        z
          .object({ name: z.string().refine(async (name) => (await Promise.resolve(name)) !== "") })
          .transform(async (value) => ({ ...(await Promise.resolve(value)), seen: true })),
      )
      .query(echo),
    asynchronousThrows: base
      .input(z.string().refine(() => Promise.reject(new TypeError("It fails later"))))
      .query(echo),
    /** Counts how often it parses. */
    counted: base
      .use(({ ctx, next }) => parsing.run(ctx.entry, next))
      .input(
        z
          .string()
          .transform((text) => {
            parsing.getStore()?.noted.push("parsed");
            return text;
          })
          .refine(async (text) => (await Promise.resolve(text)) !== "no"),
      )
      .query(echo),
    twice: base
      .input(z.object({ a: z.string() }))
      .input(z.object({ b: z.number().default(2) }))
      .query(echo),
    twiceOther: base
      .input(z.object({ a: z.string() }))
      .input(z.unknown() as never)
      .query(echo),
    twiceArray: base
      .input(z.unknown())
      .input(z.array(z.number()) as never)
      .query(echo),
    ignored: base.query(({ input }) => describe(input)),
    byFunction: base
      .input((value: unknown) => {
        if (typeof value === "string") return value.toUpperCase();
        throw new RangeError("This is no text");
      })
      .query(echo),
    byObject: base
      .input({ parse: (value: unknown) => [value, "parsed"] })
      .query(({ input }) => input),
    byStandard: base
      .input({
        "~standard": {
          version: 1 as const,
          vendor: "specimen",
          validate: (value: unknown) =>
            value === "wrong" ? { issues: [{ message: "wrong" }] } : { value: { value } },
        },
      })
      .query(echo),
    afterUse: base
      .use(async ({ getRawInput, next, input }) =>
        next({ ctx: { before: [describe(input), await getRawInput(), await getRawInput()] } }),
      )
      .input(z.unknown())
      .use(async ({ getRawInput, next, input }) =>
        next({ ctx: { after: [input, await getRawInput()] } }),
      )
      .query(({ ctx, input }) => ({ before: ctx.before, after: ctx.after, input })),
    mutated: base.input(z.object({ name: z.string() })).mutation(echo),
  };
}

/** Whose procedure parses: shapes are not told. */
const parsing = new AsyncLocalStorage<Entry>();

function outputsOf(t: T) {
  const base = baseOf(t);
  return {
    strips: base
      .output(z.object({ name: z.string() }))
      .query(() => ({ name: "Ada", secret: "stripped" })),
    transforms: base.output(z.string().transform((text) => text.length)).query(() => "four"),
    asynchronous: base
      .output(z.string().transform((text) => Promise.resolve(`${text}!`)))
      .query(() => "now"),
    fails: base.output(z.string()).query(() => 5 as never),
    failsBecauseOfInput: base
      .input(z.unknown())
      .output(z.string())
      .query(({ input }) => input as never),
    nothing: base.output(z.void()).query(() => undefined),
    ofFailed: base.output(z.string()).query(() => {
      throw new TRPCError({ code: "NOT_FOUND" });
    }),
    byFunction: base.output((value: unknown) => ({ value })).query(() => ({ value: 1 })),
    beforeUse: base
      .output(z.object({ name: z.string() }))
      .use(async ({ next }) => {
        const result = await next();
        return result.ok ? { ...result, data: { name: "replaced", more: 1 } } : result;
      })
      .query(() => ({ name: "Ada" })),
    afterInput: base
      .input(z.object({ name: z.string() }))
      .output(z.object({ name: z.string() }))
      .mutation(({ input }) => input),
  };
}

async function* iterable(): AsyncGenerator<number> {
  yield await Promise.resolve(1);
}

function circular(): object {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  return circle;
}

/** Waited for or not: that is the question here. */
const THEN = ["th", "en"].join("");

/** What a resolver can give back, by name. */
const RESULTS: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  false: () => false,
  zero: () => 0,
  negativeZero: () => -0,
  emptyText: () => "",
  notANumber: () => Number.NaN,
  infinity: () => [Infinity, -Infinity],
  date: () => new Date("2027-03-01T09:00:00.000Z"),
  invalidDate: () => ({ at: new Date(Number.NaN) }),
  map: () => new Map([["a", 1]]),
  set: () => ({ all: new Set([1, 2]) }),
  nestedUndefined: () => ({ a: undefined, b: [undefined, { c: undefined }], d: null }),
  sparse: () => Object.assign([1], { 3: 4 }),
  huge: () => Array.from({ length: 6000 }, (_, index) => ({ index, text: "märz".repeat(10) })),
  long: () => "x".repeat(300_000),
  unicode: () => "ünïcödé 課程 🎓 \u2028\u2029 \u0000\u007f </script>",
  loneSurrogate: () => ["\ud800", "\udc00a", { "\ud83d": "\ud83d" }],
  regularExpression: () => /a/u,
  error: () => new TypeError("as a result"),
  symbol: () => Symbol("nothing"),
  function: () => () => "nothing",
  functionInside: () => ({ a: () => 1, b: Symbol("b"), c: 3 }),
  bigint: () => 10n,
  bigintInside: () => ({ deep: [{ n: 10n }] }),
  circular,
  toJson: () => ({ toJSON: () => ({ told: "instead" }) }),
  toJsonThrows: () => ({
    toJSON: () => {
      throw new RangeError("It can't be told");
    },
  }),
  getter: () => ({
    get told() {
      return "by a getter";
    },
  }),
  getterThrows: () => ({
    get told() {
      throw new RangeError("It can't be read");
    },
  }),
  prototypeKey: () => JSON.parse('{"__proto__":{"a":1},"constructor":2}') as unknown,
  nullPrototype: () => Object.assign(Object.create(null) as object, { a: 1 }),
  instance: () =>
    new (class Specimen {
      readonly shown = 1;
      readonly #hidden = 2;
      sum() {
        return this.shown + this.#hidden;
      }
    })(),
  bytes: () => Buffer.from("bytes"),
  typedArray: () => new Uint16Array([1, 2]),
  tracked: () => tracked("id", { a: 1 }),
  errorInside: () => ({ error: { message: "not one", code: -32603 } }),
  resultInside: () => ({ result: { data: 1 } }),
  promise: () => Promise.resolve("a promise"),
  promiseInside: () => ({ now: 1, later: Promise.resolve(2) }),
  promiseRejected: () => ({
    later: (() => {
      const rejected = Promise.reject(new Error("later"));
      rejected.catch(() => {});
      return rejected;
    })(),
  }),
  promiseDeep: () => ({ one: { two: Promise.resolve(2) } }),
  promiseInArray: () => [Promise.resolve(1)],
  promiseTop: () => [{ later: Promise.resolve(1) }],
  thenable: () => ({ part: { [THEN]: "no function" } }),
  thenableHalf: () => ({ part: { [THEN]: () => {} } }),
  thenableWhole: () => ({ part: { [THEN]: () => {}, catch: () => {} } }),
  thenableFunction: () => ({
    part: Object.assign(() => {}, { [THEN]: () => {}, catch: () => {} }),
  }),
  iterable,
  iterableInside: () => ({ parts: iterable() }),
  iterableInArray: () => [iterable()],
  iterableDeep: () => ({ one: { two: iterable() } }),
  iterableFunction: () => ({ part: Object.assign(() => {}, { [Symbol.asyncIterator]: iterable }) }),
  iterableHidden: () =>
    Object.defineProperty({ a: 1 }, "parts", { value: iterable(), enumerable: false }),
  generator: () =>
    (function* generator() {
      yield 1;
    })(),
  observable: () => observable<number>((observer) => observer.next(1)),
  stream: () => ({ stream: new Blob(["text"]).stream() }),
  proxy: () => new Proxy({ a: 1 }, { ownKeys: () => ["a"] }),
};

function resultsOf(t: T) {
  const base = baseOf(t);
  return Object.fromEntries(
    Object.entries(RESULTS).map(([name, make]) => [name, base.query(() => make())]),
  );
}

function middlewaresOf(t: T) {
  const base = baseOf(t);
  const piped = t
    .middleware(({ next }) => next({ ctx: { first: 1 } }))
    .unstable_pipe(({ ctx, next }) => next({ ctx: { second: ctx.first + 1 } }));
  return {
    changesContext: base
      .use(({ ctx, next }) => next({ ctx: { who: `${ctx.who} the second`, added: 1 } }))
      .query(({ ctx }) => [ctx.who, ctx.added, ctx.requestId]),
    changesContextAndFails: base
      .use(({ next }) => next({ ctx: { who: "changed" } }))
      .query(() => {
        throw new TRPCError({ code: "FORBIDDEN", message: "Who sees the change?" });
      }),
    emptiesContext: base
      .use(({ next }) => next({ ctx: {} }))
      .query(({ ctx }) => Object.keys(ctx).sort()),
    nextOfNothing: base
      .use(({ next }) => next({}))
      .use(({ next }) => next(undefined as never))
      .query(({ ctx }) => ctx.who),
    changesInput: base
      .input(z.unknown())
      .use(({ next, input }) => next({ input: { was: input } } as never))
      .query(({ input }) => ({ input })),
    clearsInput: base
      .input(z.unknown())
      .use(({ next }) => next({ input: undefined } as never))
      .query(({ input }) => describe(input)),
    changesRawInput: base
      .use(({ next }) => next({ getRawInput: () => Promise.resolve({ name: "raw" }) }))
      .input(z.object({ name: z.string() }))
      .query(({ input }) => input),
    rawInputFails: base
      .use(({ next }) => next({ getRawInput: () => Promise.reject(new Error("No input")) }))
      .input(z.unknown())
      .query(({ input }) => ({ input })),
    readsRawInput: base
      .use(async ({ getRawInput, next }) => next({ ctx: { raw: await getRawInput() } }))
      .query(({ ctx }) => ({ raw: ctx.raw })),
    ignoresBadInput: base
      .use(async ({ getRawInput, next }) =>
        next({ ctx: { raw: await getRawInput().catch((error: unknown) => describe(error)) } }),
      )
      .query(({ ctx }) => ({ raw: ctx.raw })),
    wraps: base
      .use(async ({ next }) => {
        const result = await next();
        return result.ok ? { ...result, data: { wrapped: result.data } } : result;
      })
      .query(() => "inside"),
    looksAtResult: base
      .use(async ({ next, ctx }) => {
        const result = await next();
        ctx.entry.noted.push(Object.keys(result).sort().join(" "));
        return result;
      })
      .query(() => "seen"),
    looksAtFailure: base
      .use(async ({ next, ctx }) => {
        const result = await next();
        ctx.entry.noted.push(Object.keys(result).sort().join(" "));
        return result;
      })
      .query(() => {
        throw new RangeError("seen");
      }),
    recovers: base
      .use(async ({ next }) => {
        const result = await next();
        if (result.ok) return result;
        return { ...result, ok: true as const, data: `recovered from ${result.error.message}` };
      })
      .query(() => {
        throw new Error("a fault");
      }),
    replacesError: base
      .use(async ({ next }) => {
        const result = await next();
        if (result.ok) return result;
        throw new TRPCError({ code: "BAD_GATEWAY", message: "replaced", cause: result.error });
      })
      .query(() => {
        throw new Error("a fault");
      }),
    replacesResultError: base
      .use(async ({ next }) => {
        const result = await next();
        if (result.ok) return result;
        return { ...result, error: new TRPCError({ code: "PAYLOAD_TOO_LARGE" }) };
      })
      .query(() => {
        throw new Error("a fault");
      }),
    errorIsNone: base
      .use(async ({ next }) => {
        const result = await next();
        return { ...result, ok: false, error: "a text" } as never;
      })
      .query(() => "fine"),
    returnsNothing: base.use((() => {}) as never).query(() => "never"),
    returnsNull: base.use((() => null) as never).query(() => "never"),
    returnsText: base.use((() => "text") as never).query(() => "never"),
    returnsNumber: base.use((() => 5) as never).query(() => "never"),
    returnsFunction: base.use((() => () => {}) as never).query(() => "never"),
    returnsArray: base.use((() => []) as never).query(() => "never"),
    returnsOwnResult: base
      .use((() => ({ ok: true, data: "of its own" })) as never)
      .query(() => "never"),
    returnsHalfResult: base.use((() => ({ data: "of its own" })) as never).query(() => "never"),
    forgetsResult: base
      .use((async ({ next }: { next: () => Promise<unknown> }) => {
        await next();
      }) as never)
      .query(() => "forgotten"),
    isSynchronous: base.use(({ next }) => next()).query(() => "synchronous"),
    throwsFirst: base
      .use(() => {
        throw new TRPCError({ code: "UNAUTHORIZED" });
      })
      .input(z.string())
      .query(() => "never"),
    throwsLast: base
      .use(async ({ next }) => {
        await next();
        throw new Error("too late");
      })
      .query(() => "never seen"),
    twice: base
      .use(async ({ next }) => {
        await next();
        return next();
      })
      .use(({ ctx, next }) => {
        ctx.entry.noted.push("again");
        return next();
      })
      .query(() => "twice"),
    atOnce: base
      .use(async ({ next }) => {
        const [first] = await Promise.all([next({ ctx: { n: 1 } }), next({ ctx: { n: 2 } })]);
        return first;
      })
      .query(async ({ ctx }) => {
        await Promise.resolve();
        return ctx.n;
      }),
    late: base
      .use(async ({ next }) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        const result = await next();
        await new Promise((resolve) => setTimeout(resolve, 2));
        return result;
      })
      .query(() => "late"),
    piped: base.use(piped).query(({ ctx }) => [ctx.first, ctx.second]),
    meta: base
      .meta({ label: "outer" })
      .use(({ meta, next }) => next({ ctx: { label: meta?.label } }))
      .meta({ label: "inner" })
      .query(({ ctx }) => ctx.label),
    mutates: base
      .use(({ ctx, next }) => next({ ctx: { who: `${ctx.who} again` } }))
      .mutation(({ ctx }) => ctx.who),
  };
}

class OwnError extends TRPCError {
  readonly extra = "more";
}

/** What is thrown, by name; each time anew. */
export const FAULTS: Readonly<Record<string, () => unknown>> = {
  ...Object.fromEntries(
    codes().map((code) => [
      code,
      () => new TRPCError({ code, message: `${code} for a reason`, cause: new Error("the cause") }),
    ]),
  ),
  noMessage: () => new TRPCError({ code: "NOT_FOUND" }),
  emptyMessage: () => new TRPCError({ code: "NOT_FOUND", message: "" }),
  textCause: () => new TRPCError({ code: "CONFLICT", cause: "a text" }),
  objectCause: () => new TRPCError({ code: "CONFLICT", cause: { reason: 5, message: "told" } }),
  unicode: () => new TRPCError({ code: "CONFLICT", message: "Überfüllt 🎓 \ud800" }),
  subclass: () => new OwnError({ code: "FORBIDDEN", message: "of our own" }),
  foreign: () =>
    Object.assign(new Error("of another copy"), { name: "TRPCError", code: "FORBIDDEN" }),
  foreignCode: () => Object.assign(new Error("of no code"), { name: "TRPCError", code: "NO_CODE" }),
  error: () => new Error("an error"),
  typeError: () => new TypeError("x is not a function"),
  aggregate: () => new AggregateError([new Error("a"), new Error("b")], "many"),
  aborted: () => new DOMException("It was aborted", "AbortError"),
  text: () => "a text",
  emptyText: () => "",
  number: () => 42,
  zero: () => 0,
  null: () => null,
  undefined: () => undefined,
  false: () => false,
  symbol: () => Symbol("a symbol"),
  bigint: () => 5n,
  function: () => () => {},
  object: () => ({ a: 1 }),
  objectWithMessage: () => ({ message: "told", name: "Told", code: "NOT_FOUND" }),
  array: () => ["a"],
  nullPrototype: () => Object.assign(Object.create(null) as object, { message: "of nothing" }),
  frozen: () => Object.freeze(new Error("frozen")),
  zod: () => z.object({ a: z.string() }).safeParse({}).error,
  zodBlamed: () =>
    new TRPCError({ code: "BAD_REQUEST", cause: z.object({ a: z.string() }).safeParse({}).error }),
  syntax: () => new TRPCError({ code: "BAD_REQUEST", cause: new SyntaxError("Unexpected x") }),
  domain: () => notFound(),
  domainLimited: () =>
    new DomainError({ code: "RateLimited", data: { retryAfterSeconds: 7 } }, "Too much at once."),
  domainUnavailable: () =>
    new DomainError({ code: "Unavailable", data: { retryAfterSeconds: 3 } }, "Not now."),
};

function codes(): TRPCError["code"][] {
  return Object.keys(TRPC_ERROR_CODES_BY_KEY) as TRPCError["code"][];
}

function notFound(): DomainError {
  return new DomainError(
    { code: "NotFound", data: { entity: "course", id: "a" } },
    "There is no such course.",
  );
}

/** What makes the awkward formatter do what none should. */
export const AWKWARD = [
  "no shape",
  "throws",
  "no JSON",
  "no data",
  "text for data",
  "status of its own",
  "text for status",
  "unknown code",
] as const;

/** Thrown again and again: the same one. */
const SHARED = new TRPCError({ code: "CONFLICT", message: "always the same" });

function faultsOf(t: T) {
  const base = baseOf(t);
  const thrown = Object.entries({
    ...FAULTS,
    ...Object.fromEntries(
      AWKWARD.map((message) => [message, () => new TRPCError({ code: "CONFLICT", message })]),
    ),
    shared: () => SHARED,
  });
  return {
    ...Object.fromEntries(
      thrown.map(([name, make]) => [
        name,
        base.query(() => {
          throw make();
        }),
      ]),
    ),
    rejected: base.query(() => Promise.reject(new Error("rejected"))),
    withInput: base.input(z.unknown()).query(({ input }) => {
      throw new TRPCError({ code: "CONFLICT", message: describe(input) });
    }),
    unreadInput: base.query(() => {
      throw new TRPCError({ code: "CONFLICT", message: "Nobody read the input" });
    }),
    changing: base.input(z.unknown()).mutation(({ input }) => {
      throw new TRPCError({ code: "PRECONDITION_FAILED", message: describe(input) });
    }),
  };
}

/** Formatters of procedures, as this project declares its errors, and as others might. */
function declaredOf(t: T) {
  const base = baseOf(t);
  const declaring = base.errors(mayFail("NotFound", "Conflict"));
  return {
    domain: declaring.query(() => {
      throw notFound();
    }),
    undeclared: declaring.query(() => {
      throw new DomainError({ code: "Unauthenticated", data: {} }, "Please sign in.");
    }),
    common: declaring.query(() => {
      throw new DomainError({ code: "RateLimited", data: { retryAfterSeconds: 9 } }, "Wait.");
    }),
    other: declaring.query(() => {
      throw new RangeError("of no domain");
    }),
    fine: declaring.query(() => "fine"),
    withInput: declaring.input(z.object({ name: z.string() })).query(() => {
      throw notFound();
    }),
    twoOfThem: declaring.errors(mayFail("Unauthenticated")).query(() => {
      throw new DomainError({ code: "Unauthenticated", data: {} }, "Please sign in.");
    }),
    ownShape: base
      .input(z.unknown())
      .errors(({ error, input, path, type, ctx, shape }) => ({
        ...shape,
        message: `formatted ${error.message}`,
        data: { ...shape.data, input: describe(input), at: path, type, who: ctx.who },
      }))
      .query(() => {
        throw new TRPCError({ code: "NOT_FOUND", message: "a fault" });
      }),
    throws: base
      .errors(() => {
        throw new Error("The formatter fails");
      })
      .query(() => {
        throw new Error("a fault");
      }),
    sharedFirst: base
      .errors(({ shape }) => ({ ...shape, message: "formatted once" }))
      .query(() => {
        throw SHARED_FORMATTED;
      }),
    mutation: declaring.input(z.object({ name: z.string() })).mutation(() => {
      throw notFound();
    }),
    iterable: declaring.query(() => iterable()),
  };
}

const SHARED_FORMATTED = new TRPCError({ code: "CONFLICT", message: "formatted by one alone" });

function repliesOf(t: T) {
  const base = baseOf(t);
  return {
    cookie: base.mutation(({ ctx }) => {
      ctx.reply.header("set-cookie", "a=1; Path=/");
      ctx.reply.header("set-cookie", "b=2; HttpOnly");
      return "kept";
    }),
    cookieAndFails: base.mutation(({ ctx }) => {
      ctx.reply.header("set-cookie", "a=1; Path=/");
      throw new TRPCError({ code: "FORBIDDEN" });
    }),
    header: base.query(({ ctx }) => {
      ctx.reply.header("x-from-procedure", "told");
      ctx.reply.header("cache-control", "overwritten");
      ctx.reply.header("vary", "overwritten");
      return "told";
    }),
    contentType: base.query(({ ctx }) => {
      ctx.reply.header("content-type", "text/html");
      return "no page";
    }),
    status: base.query(({ ctx }) => {
      ctx.reply.code(201);
      return "created";
    }),
    retryAfter: base.query(() => {
      throw new TRPCError({ code: "TOO_MANY_REQUESTS" });
    }),
  };
}

function lazyOf(t: T) {
  const base = baseOf(t);
  return t.router({
    query: base.input(z.unknown()).query(({ input }) => ({ input })),
    change: base.mutation(() => "changed lazily"),
    inner: { query: base.query(() => "deep and lazy") },
  });
}

/** Names that reach into what objects are made of, or are hard to write in an address. */
const NAMES = [
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "prototype",
  "_def",
  "a-b",
  "a_b~c!d$e'f(g)h*",
  "with space",
  "with.dots.in.it",
  "a,b",
  "ünïcode",
  "課程",
  "🎓",
  "per%cent",
  "plus+plus",
  "a&b=c",
  "semi;colon",
  "at@colon:",
  "sl/ash",
  "back\\slash",
  '"quoted"',
  "0",
  "-1",
  "query.string?",
  "hash#",
] as const;

function namesOf(t: T) {
  const base = baseOf(t);
  return Object.fromEntries(
    NAMES.map((name) => [name, base.query(({ path }) => ({ name, path }))]),
  );
}

export interface Described {
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
}

/** @returns the procedures that a router has without loading any */
export function proceduresOfRouter(router: AnyTRPCRouter): readonly Described[] {
  const procedures = Object.entries(router._def.procedures as Record<string, unknown>);
  return procedures.map(([path, procedure]) => {
    const { _def } = procedure as { _def: { type: Described["type"] } };
    return { path, type: _def.type };
  });
}
