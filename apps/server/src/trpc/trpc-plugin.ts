import { randomUUID } from "node:crypto";
import { appRouter } from "@lectern/api/app-router";
import type { HeardLive } from "@lectern/api/shared/live/live";
import { declaredAccess } from "@lectern/api/trpc/declared-access";
import { PUBLIC_ACTOR } from "@lectern/auth/actor";
import { CACHEABLE_QUERIES, CLIENT_HEADER, MAX_BATCH_SIZE } from "@lectern/contract/cacheable";
import type { TRPCError } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readsBest } from "../negotiation.ts";
import { logRequest, noteActor } from "../request-log.ts";
import { CallLimits, type CallLimitOptions, DEFAULT_CALL_LIMITS } from "./call-limits.ts";
import { type ContextParts, createRequestContext, publicContext } from "./create-context.ts";
import { Heartbeat } from "./heartbeat.ts";
import { logFailure, retryAfterOf } from "./procedure-errors.ts";
import { API_ROUTE, proceduresOf } from "./procedures-of.ts";
import { PublicAnswers } from "./public-answers.ts";
import { refuse, refuseForNow } from "./refusals.ts";
import { RequestBrowser, isCrossSite, siteOf } from "./request-browser.ts";
import { PUBLIC_CACHE_CONTROL, sendPublicAnswer } from "./send-public-answer.ts";
import { streamSubscription } from "./stream-subscription.ts";
import {
  PROVEN_WITH,
  WireHandler,
  type WireOptions,
  installedTrpcVersion,
} from "./wire-handler.ts";
import type { WireRequest } from "./wire-request.ts";

/** Room for a batch of imported courses with long texts. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

const PRINTABLE = /^[\x20-\x7e]+$/u;

/** Well below the time after which proxies and this server take a connection for dead. */
const PING_INTERVAL_MS = 20_000;
/** Pings that may stay away before a client takes the server for dead. */
const MISSED_PINGS = 2.5;

const cacheable: ReadonlySet<string> = new Set(CACHEABLE_QUERIES);
/** Of those, the ones whose answer is kept here: not what tells the time. */
const kept: ReadonlySet<string> = new Set(
  CACHEABLE_QUERIES.filter((path) => path !== "system.info"),
);
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

/** Who has too many streams open is asked to try again after so long. */
const STREAM_RETRY_SECONDS = 30;

function isCacheable(path: string): boolean {
  if (!path.includes(",")) return cacheable.has(path);
  return path.split(",").every((one) => cacheable.has(one));
}

/** Features whose mutations change what everybody may see. */
const PUBLIC_FEATURES: ReadonlySet<string> = new Set(["articles", "courses", "prices", "runs"]);

function changesPublic(path: string): boolean {
  return PUBLIC_FEATURES.has(path.slice(0, path.indexOf(".")));
}

interface Answered {
  readonly request: FastifyRequest;
  readonly type: string;
  readonly errors: readonly TRPCError[];
}

/** @returns headers that say for how long an answer is good, and for whom */
function headersOf({ request, type, errors }: Answered): Record<string, string> {
  if (errors.length === 0) {
    const isShareable =
      request.method === "GET" &&
      type === "query" &&
      // By the same name that decided whether anybody's session was looked at.
      isCacheable(proceduresOf(request) ?? "") &&
      request.headers.authorization === undefined;
    return { "cache-control": isShareable ? PUBLIC_CACHE_CONTROL : "no-store" };
  }
  const retryAfter = retryAfterOf(errors);
  return {
    "cache-control": "no-store",
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  };
}

export interface TrpcOptions extends ContextParts {
  /** Between two pings of an event stream, in milliseconds. Default 20,000. */
  readonly pingIntervalMs?: number | undefined;
  /** How much one address may ask. */
  readonly callLimits?: CallLimitOptions;
  /** The version of tRPC, for tests. Default: the one that is installed. */
  readonly trpcVersion?: string;
  /** Most bytes of answers to the public that are kept; 0: none. See `PublicAnswers`. */
  readonly publicCacheBytes?: number;
  readonly live: HeardLive;
}

/**
 * tRPC at `/trpc`: queries and mutations by a handler of our own, subscriptions as event streams of our own, and the rest,
 * which is mistakes above all, by tRPC's adapter.
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
    if (siteOf(request, undefined) !== undefined) next();
    else refuse(reply, 400, "BAD_REQUEST", "The Host header can't be read.");
  });
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
    const { publicUrl } = parts.auth;
    const site = siteOf(request, publicUrl);
    if (site === undefined) throw new Error("A request without a readable host came this far");
    const browser = new RequestBrowser(request, reply, site, isCrossSite(request, publicUrl));
    const context = await createRequestContext(parts, {
      requestId: request.id,
      authorization: request.headers.authorization,
      // What caches may hold is the same for everybody.
      sessionToken: isCacheable(path) ? undefined : browser.sessionToken,
      address: request.ip,
      client: clientOf(request),
      language: readsBest(request.headers["accept-language"]),
      browser,
    });
    noteActor(request, context.actor);
    return context;
  }

  async function stream(request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> {
    const closeStream = limits.openStream(request.ip);
    if (closeStream === undefined) {
      refuseForNow(request, reply, STREAM_RETRY_SECONDS);
      return;
    }
    reply.raw.once("close", closeStream);
    const hasClientLeft = await streamSubscription({
      request,
      reply,
      path,
      context: await contextOf(request, reply, path),
      heartbeat,
      inactivityMs: pingIntervalMs * MISSED_PINGS,
      onError: (failed) => logFailure(request, failed),
    });
    // Fastify tells the end of answers that were sent to theirs.
    if (hasClientLeft) logRequest(request, reply);
  }

  const publicAnswers = new PublicAnswers({
    // Nobody's own: whoever asked first may be gone before the answer is there.
    ask: async (path, input) =>
      wire?.ask(
        path,
        input,
        publicContext(parts, "public", randomUUID()),
        new AbortController().signal,
      ),
    ...(parts.publicCacheBytes !== undefined && { maxBytes: parts.publicCacheBytes }),
  });
  const endHearing = parts.live.hear({
    onRuns: (ids) => publicAnswers.forget(ids),
    onPublic: () => publicAnswers.forgetAll(),
  });
  app.addHook("onClose", (_, closed) => {
    endHearing();
    closed();
  });

  async function answerPublic(
    request: FastifyRequest,
    reply: FastifyReply,
    { calls: [call], isBatch, json }: WireRequest,
  ): Promise<boolean> {
    const isShared =
      parts.publicCacheBytes !== 0 &&
      request.method === "GET" &&
      !isBatch &&
      call !== undefined &&
      kept.has(call.path) &&
      // Whoever shows a token wants to know what holds now.
      request.headers.authorization === undefined;
    if (!isShared) return false;
    const answer = await publicAnswers.find(call.path, json);
    if (answer === undefined) return false;
    noteActor(request, PUBLIC_ACTOR);
    await sendPublicAnswer(request, reply, answer);
    return true;
  }

  const wire: WireHandler | undefined = wireHandlerFor(
    app,
    parts.trpcVersion ?? installedTrpcVersion(),
    {
      router: appRouter,
      maxBatchSize: MAX_BATCH_SIZE,
      createContext: contextOf,
      headersOf,
      answerFirst: answerPublic,
      // The database says so, too: but whoever has changed something wants to see it at once.
      onMutated: (paths) => {
        if (paths.some(changesPublic)) publicAnswers.forgetAll();
      },
      onError: logFailure,
      onLeft: logRequest,
    },
  );

  app.route({
    method: ["GET", "HEAD", "POST"],
    // tRPC's answer to HEAD is no body whose length Fastify could tell.
    exposeHeadRoute: false,
    url: API_ROUTE,
    bodyLimit: BODY_LIMIT_BYTES,
    handler: async (request, reply) => {
      const path = proceduresOf(request) ?? "";
      if (request.method === "GET" && subscriptions.has(path)) {
        await stream(request, reply, path);
        return;
      }
      if ((await wire?.serve(request, reply, path)) === true) return;
      await fastifyRequestHandler({
        req: request,
        res: reply,
        path,
        router: appRouter,
        // An event stream is asked for by GET, as it goes on from where it was by a header.
        allowMethodOverride: !subscriptions.has(path),
        maxBatchSize: MAX_BATCH_SIZE,
        createContext: () => contextOf(request, reply, path),
        responseMeta: ({ type, errors }) => ({ headers: headersOf({ request, type, errors }) }),
        onError: (failed) => logFailure(request, failed),
      });
    },
  });
  done();
}

/** @returns `undefined` where tRPC is of another version than that which the handler was compared with */
function wireHandlerFor(
  app: FastifyInstance,
  installed: string,
  options: WireOptions,
): WireHandler | undefined {
  if (installed === PROVEN_WITH) return new WireHandler(options);
  app.log.warn(
    { installed, provenWith: PROVEN_WITH },
    "tRPC is of another version than Lectern's own handler was compared with: its stock adapter serves everything, more slowly",
  );
  return undefined;
}
