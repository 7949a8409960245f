import { DomainError } from "@lectern/api/domain-error";
import { MAX_BATCH_SIZE, MAX_URL_LENGTH } from "@lectern/contract/cacheable";
import { once } from "node:events";
import { TRPCError } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from "fastify";
import { proceduresOf } from "../../src/trpc/procedures-of.ts";
import { refuse } from "../../src/trpc/refusals.ts";
import { siteOf } from "../../src/trpc/request-browser.ts";
import type { WireHandler, WireOptions } from "../../src/trpc/wire-handler.ts";
import { Ledger, toldOf } from "./ledger.ts";
import type { PlayServer } from "./play.ts";
import { type SpecimenContext, specimenRouter } from "./specimens.ts";
import { WORLDS } from "./worlds.ts";

/** A server of the suite's own router. */
export interface SpecimenServer extends PlayServer, AsyncDisposable {}

export const BODY_LIMIT_BYTES = 64 * 1024;

/** Header that says what becomes of the context. */
export const CONTEXT_HEADER = "x-context";

/** How a context can fail to be made, or be an unusual one. */
export const CONTEXTS = {
  throws: () => Promise.reject(new Error("There is no context")),
  refuses: () => Promise.reject(new TRPCError({ code: "UNAUTHORIZED", message: "Not you" })),
  domain: () =>
    Promise.reject(new DomainError({ code: "Unauthenticated", data: {} }, "Please sign in.")),
  text: () => Promise.reject(textAsReason()),
  nothing: () => Promise.resolve(undefined),
  null: () => Promise.resolve(null),
} satisfies Readonly<Record<string, () => Promise<unknown>>>;

function textAsReason(): Error {
  return "only a text" as never;
}

function isContext(name: unknown): name is keyof typeof CONTEXTS {
  return typeof name === "string" && Object.hasOwn(CONTEXTS, name);
}

interface Answered {
  readonly request: FastifyRequest;
  readonly paths: readonly string[];
  readonly type: string;
  readonly errors: readonly TRPCError[];
}

/** @returns headers that tell all that there is to know of an answer */
function headersOf({ request, paths, type, errors }: Answered): Record<string, string> {
  return {
    "cache-control": errors.length === 0 ? "public, no-cache" : "no-store",
    "x-meta": encodeURIComponent(`${request.method} ${type} ${paths.join("+")}`),
    ...(errors.length > 0 && { "x-errors": errors.map(({ code }) => code).join() }),
    ...(errors.some(({ code }) => code === "TOO_MANY_REQUESTS") && { "retry-after": "11" }),
  };
}

/** Makes our handler; the stock adapter has everything to itself where it makes none. */
export type MakeHandler = (options: WireOptions) => Pick<WireHandler, "serve"> | undefined;

/** Starts a server that is wired as ours is, and takes more content types and methods than that. */
export async function startSpecimenServer(makeHandler: MakeHandler): Promise<SpecimenServer> {
  const app = fastify({
    logger: false,
    routerOptions: { maxParamLength: MAX_URL_LENGTH },
    forceCloseConnections: true,
  });
  const ledger = new Ledger();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, parsed) => {
    parsed(null, body);
  });
  app.addContentTypeParser("*", (_request, payload, parsed) => {
    parsed(null, payload);
  });
  app.addHook("onRequest", (request, reply, next) => {
    reply.header("x-every-answer", "yes");
    if (siteOf(request, undefined) !== undefined) next();
    else refuse(reply, 400, "BAD_REQUEST", "The Host header can't be read.");
  });
  for (const [name, options] of Object.entries(WORLDS)) {
    route(app, ledger, name, specimenRouter(options), makeHandler);
  }
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    port: Number(new URL(url).port),
    entryOf: (id) => ledger.of(id),
    servedOf: (id) => ledger.of(id).served,
    [Symbol.asyncDispose]: () => app.close(),
  };
}

function route(
  app: FastifyInstance,
  ledger: Ledger,
  world: string,
  router: WireOptions["router"],
  makeHandler: MakeHandler,
): void {
  async function contextOf(request: FastifyRequest, reply: FastifyReply, path: string) {
    const entry = ledger.forHeaders(request.headers);
    entry.contexts += 1;
    const name = request.headers[CONTEXT_HEADER];
    if (isContext(name)) return CONTEXTS[name]();
    // These two are made when nobody waits any longer.
    if (name === "late" || name === "failsLate") await once(reply.raw, "close");
    if (name === "failsLate") throw new TRPCError({ code: "TIMEOUT" });
    const context: SpecimenContext = {
      requestId: "request-1",
      who: "somebody",
      path,
      entry,
      reply,
      marks: [],
    };
    return context;
  }

  const handler = makeHandler({
    router,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: contextOf,
    headersOf,
    onError: (request, failed) => void ledger.forHeaders(request.headers).told.push(toldOf(failed)),
    onLeft: (request, reply) => {
      const entry = ledger.forHeaders(request.headers);
      entry.left += 1;
      if (reply.raw.headersSent) entry.noted.push("answered somebody who had left");
    },
  });

  app.route({
    method: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    exposeHeadRoute: false,
    url: `/${world}/:path`,
    bodyLimit: BODY_LIMIT_BYTES,
    handler: async (request, reply) => {
      const path = proceduresOf(request) ?? "";
      if ((await handler?.serve(request, reply, path)) === true) {
        ledger.forHeaders(request.headers).served += 1;
        return;
      }
      await fastifyRequestHandler({
        req: request,
        res: reply,
        path,
        router,
        allowMethodOverride: true,
        maxBatchSize: MAX_BATCH_SIZE,
        createContext: () => contextOf(request, reply, path),
        responseMeta: ({ paths = [], type, errors }) => ({
          headers: headersOf({ request, paths, type, errors }),
        }),
        onError: ({ error, path: failed, type, input }) =>
          void ledger
            .forHeaders(request.headers)
            .told.push(toldOf({ error, path: failed, type, input })),
      });
    },
  });
}
