import { appRouter } from "@lectern/api/app-router";
import { domainErrorOf } from "@lectern/api/trpc/errors";
import { MAX_BATCH_SIZE, CACHEABLE_QUERIES } from "@lectern/contract/cacheable";
import type { TRPCError } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type ContextParts, createRequestContext } from "./create-context.ts";

/** Room for a batch of imported courses with long texts. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

const Params = z.object({ path: z.string() });

const cacheable: ReadonlySet<string> = new Set(CACHEABLE_QUERIES);

/** Names the procedures of a request for the log: the path says them, the query string is not needed. */
export function proceduresOf(request: FastifyRequest): string | undefined {
  const params = Params.safeParse(request.params);
  return params.success ? params.data.path : undefined;
}

function refuseOtherContentTypes(
  request: FastifyRequest,
  reply: FastifyReply,
  done: () => void,
): void {
  // A form on another site can send anything but application/json without the browser asking first.
  const isJson = /^application\/json\s*(?:;|$)/iu.test(request.headers["content-type"] ?? "");
  if (request.method === "GET" || request.method === "HEAD" || isJson) done();
  else {
    void reply.code(415).send({
      error: {
        message: "Send application/json.",
        code: -32600,
        data: { code: "UNSUPPORTED_MEDIA_TYPE", httpStatus: 415 },
      },
    });
  }
}

/** The longest wait, in seconds, that one of the errors asks for. */
function retryAfterOf(errors: readonly TRPCError[]): number | undefined {
  const waits = errors
    .map((error) => domainErrorOf(error)?.body)
    .filter((body) => body?.code === "Unavailable" || body?.code === "RateLimited")
    .map((body) => body.data.retryAfterSeconds);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** tRPC at `/trpc`, served by the stock adapter from Fastify's parsed request. */
export function trpcPlugin(app: FastifyInstance, parts: ContextParts, done: () => void): void {
  // tRPC parses the body itself, and reads bodies of its own choosing otherwise.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, parsed) => {
    parsed(null, body);
  });
  app.addHook("onRequest", refuseOtherContentTypes);

  app.route({
    method: ["GET", "POST"],
    url: "/trpc/:path",
    bodyLimit: BODY_LIMIT_BYTES,
    handler: async (request, reply) => {
      await fastifyRequestHandler({
        req: request,
        res: reply,
        path: proceduresOf(request) ?? "",
        router: appRouter,
        allowMethodOverride: true,
        maxBatchSize: MAX_BATCH_SIZE,
        createContext: () =>
          createRequestContext(parts, {
            requestId: request.id,
            authorization: request.headers.authorization,
          }),
        responseMeta: ({ paths, type, errors }) => {
          const isShareable =
            request.method === "GET" &&
            type === "query" &&
            errors.length === 0 &&
            (paths ?? []).every((path) => cacheable.has(path));
          const retryAfter = retryAfterOf(errors);
          return {
            headers: {
              "cache-control": isShareable ? "public, no-cache" : "no-store",
              ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
            },
          };
        },
        onError: ({ error, path }) => {
          // What the domain says no to is an answer and not a fault.
          const domain = domainErrorOf(error)?.body.code;
          if (domain !== undefined && domain !== "Unavailable") return;
          const level = error.code === "INTERNAL_SERVER_ERROR" ? "error" : "info";
          request.log[level]({ err: error.cause ?? error, procedure: path }, "procedure failed");
        },
      });
    },
  });
  done();
}
