import { appRouter } from "@lectern/api/app-router";
import { declaredAccess } from "@lectern/api/trpc/declared-access";
import { domainErrorOf } from "@lectern/api/trpc/errors";
import type { DomainErrorCode } from "@lectern/contract/error-codes";
import { CACHEABLE_QUERIES, CLIENT_HEADER, MAX_BATCH_SIZE } from "@lectern/contract/cacheable";
import type { TRPCError } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { logRefusal, logRequest, noteActor } from "../request-log.ts";
import { CallLimits, type CallLimitOptions, DEFAULT_CALL_LIMITS } from "./call-limits.ts";
import { type ContextParts, createRequestContext } from "./create-context.ts";
import { Heartbeat } from "./heartbeat.ts";
import { proceduresOf } from "./procedures-of.ts";
import { browserOf, isCrossSite } from "./request-browser.ts";
import { streamSubscription } from "./stream-subscription.ts";

/** Room for a batch of imported courses with long texts. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

const PRINTABLE = /^[\x20-\x7e]+$/u;

/** Well below the time after which proxies and this server take a connection for dead. */
const PING_INTERVAL_MS = 20_000;
/** Pings that may stay away before a client takes the server for dead. */
const MISSED_PINGS = 2.5;

const cacheable: ReadonlySet<string> = new Set(CACHEABLE_QUERIES);
const subscriptions: ReadonlySet<string> = new Set(
  declaredAccess(appRouter)
    .filter(({ type }) => type === "subscription")
    .map(({ path }) => path),
);

/** What the caller's program calls itself; text that a log can hold, or nothing. */
function clientOf(request: FastifyRequest): string | undefined {
  const name = request.headers[CLIENT_HEADER];
  return typeof name === "string" && PRINTABLE.test(name) ? name : undefined;
}

function refuseOtherContentTypes(
  request: FastifyRequest,
  reply: FastifyReply,
  done: () => void,
): void {
  // A form on another site can send anything but application/json without the browser asking first.
  const isJson = /^application\/json\s*(?:;|$)/iu.test(request.headers["content-type"] ?? "");
  if (request.method === "GET" || request.method === "HEAD" || isJson) done();
  else refuse(reply, 415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json.");
}

/** What says that somebody tried what is not theirs to do. */
const REFUSALS: ReadonlySet<DomainErrorCode> = new Set([
  "Unauthenticated",
  "Forbidden",
  "SecondFactorRequired",
  "SignInFailed",
  "LinkNotUsable",
  "RateLimited",
]);

/** Who has too many streams open is asked to try again after so long. */
const STREAM_RETRY_SECONDS = 30;

/** Answers somebody who asks too much, as procedures do. */
function refuseForNow(request: FastifyRequest, reply: FastifyReply, seconds: number): void {
  logRefusal(request, { procedure: proceduresOf(request), code: "RateLimited" });
  void reply
    .code(429)
    .headers({ "cache-control": "no-store", "retry-after": String(seconds) })
    .send({
      error: {
        message: `That is too much at once. Please wait ${seconds} seconds.`,
        code: -32029,
        data: {
          code: "TOO_MANY_REQUESTS",
          httpStatus: 429,
          path: null,
          requestId: request.id,
          domain: { code: "RateLimited", data: { retryAfterSeconds: seconds } },
        },
      },
    });
}

/** Answers a request that is not taken any further. */
function refuse(reply: FastifyReply, httpStatus: number, code: string, message: string): void {
  void reply
    .code(httpStatus)
    .header("cache-control", "no-store")
    .send({ error: { message, code: -32600, data: { code, httpStatus } } });
}

function isCacheable(path: string): boolean {
  return path.split(",").every((one) => cacheable.has(one));
}

/** The longest wait, in seconds, that one of the errors asks for. */
function retryAfterOf(errors: readonly TRPCError[]): number | undefined {
  const waits = errors
    .map((error) => domainErrorOf(error)?.body)
    .filter((body) => body?.code === "Unavailable" || body?.code === "RateLimited")
    .map((body) => body.data.retryAfterSeconds);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

export interface TrpcOptions extends ContextParts {
  /** Between two pings of an event stream, in milliseconds. Default 20,000. */
  readonly pingIntervalMs?: number | undefined;
  /** How much one address may ask. */
  readonly callLimits?: CallLimitOptions;
}

/**
 * tRPC at `/trpc`: queries and mutations by the stock adapter from Fastify's parsed request,
 * subscriptions as event streams of our own.
 */
export function trpcPlugin(app: FastifyInstance, parts: TrpcOptions, done: () => void): void {
  const { pingIntervalMs = PING_INTERVAL_MS } = parts;
  const heartbeat = new Heartbeat(pingIntervalMs);
  const limits = new CallLimits(parts.callLimits ?? DEFAULT_CALL_LIMITS);
  // A stream never ends by itself: the server would wait for it.
  app.addHook("preClose", (closing) => {
    heartbeat.stop();
    parts.live.cutOff();
    closing();
  });

  // tRPC parses the body itself, and reads bodies of its own choosing otherwise.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, parsed) => {
    parsed(null, body);
  });
  app.addHook("onRequest", refuseOtherContentTypes);
  app.addHook("onRequest", (request, reply, next) => {
    if (request.method === "GET" || !isCrossSite(request, parts.auth.publicUrl)) next();
    else refuse(reply, 403, "FORBIDDEN", "This can be asked from the academy's own pages alone.");
  });

  app.addHook("onRequest", (request, reply, next) => {
    const wait = limits.count(request.ip, (proceduresOf(request) ?? "").split(","));
    if (wait === 0) next();
    else refuseForNow(request, reply, wait);
  });

  async function contextOf(request: FastifyRequest, reply: FastifyReply, path: string) {
    const { sessionToken, ...browser } = browserOf(request, reply, parts.auth.publicUrl);
    const context = await createRequestContext(parts, {
      requestId: request.id,
      authorization: request.headers.authorization,
      // What caches may hold is the same for everybody.
      sessionToken: isCacheable(path) ? undefined : sessionToken,
      address: request.ip,
      client: clientOf(request),
      browser,
    });
    noteActor(request, context.actor);
    return context;
  }

  app.route({
    method: ["GET", "HEAD", "POST"],
    // tRPC's answer to HEAD is no body whose length Fastify could tell.
    exposeHeadRoute: false,
    url: "/trpc/:path",
    bodyLimit: BODY_LIMIT_BYTES,
    handler: async (request, reply) => {
      const path = proceduresOf(request) ?? "";
      function onError(failed: { error: TRPCError; path?: string | undefined }): void {
        // What the domain says no to is an answer and not a fault.
        const domain = domainErrorOf(failed.error)?.body.code;
        if (domain !== undefined && REFUSALS.has(domain)) {
          logRefusal(request, { procedure: failed.path, code: domain });
        }
        if (domain !== undefined && domain !== "Unavailable") return;
        const { code, cause } = failed.error;
        const procedure = failed.path;
        if (code === "INTERNAL_SERVER_ERROR") {
          request.log.error({ err: cause ?? failed.error, procedure }, "procedure failed");
        } else {
          // What is not right with a request is told with a piece of it.
          request.log.info({ code, procedure }, "procedure failed");
        }
      }

      if (request.method === "GET" && subscriptions.has(path)) {
        const closeStream = limits.openStream(request.ip);
        if (closeStream === undefined) {
          refuseForNow(request, reply, STREAM_RETRY_SECONDS);
          return;
        }
        reply.raw.once("close", closeStream);
        const context = await contextOf(request, reply, path);
        const inactivityMs = pingIntervalMs * MISSED_PINGS;
        const streaming = { request, reply, path, context, heartbeat, inactivityMs, onError };
        const hasClientLeft = await streamSubscription(streaming);
        // Fastify tells the end of answers that were sent to theirs.
        if (hasClientLeft) logRequest(request, reply);
        return;
      }
      await fastifyRequestHandler({
        req: request,
        res: reply,
        path,
        router: appRouter,
        // An event stream is asked for by GET, as it goes on from where it was by a header.
        allowMethodOverride: !subscriptions.has(path),
        maxBatchSize: MAX_BATCH_SIZE,
        createContext: () => contextOf(request, reply, path),
        responseMeta: ({ paths, type, errors }) => {
          const isShareable =
            request.method === "GET" &&
            type === "query" &&
            errors.length === 0 &&
            isCacheable((paths ?? []).join(","));
          const retryAfter = retryAfterOf(errors);
          return {
            headers: {
              "cache-control": isShareable ? "public, no-cache" : "no-store",
              ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
            },
          };
        },
        onError,
      });
    },
  });
  done();
}
