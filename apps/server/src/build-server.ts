import { randomUUID } from "node:crypto";
import { appRouter } from "@lectern/api/app-router";
import type { HeardLive } from "@lectern/api/shared/live/live";
import { declaredAccess } from "@lectern/api/trpc/declared-access";
import { MAX_URL_LENGTH, REQUEST_ID_HEADER } from "@lectern/contract/cacheable";
import { type FastifyBaseLogger, type FastifyInstance, LogController, fastify } from "fastify";
import { calendarFeedPlugin } from "./calendar-feed.ts";
import { answerErrors, answerNoHttp, answerUnreadable } from "./answer-errors.ts";
import { keepQueryString } from "./query-string.ts";
import { type Readiness, healthPlugin } from "./health.ts";
import { mailboxPlugin } from "./mail/mailbox-plugin.ts";
import { logRequest, logRequests } from "./request-log.ts";
import { RequestLogger } from "./request-logger.ts";
import { securityHeaders, sendSecurityHeaders } from "./security-headers.ts";
import { sitePlugin } from "./site/site-plugin.ts";
import type { Site } from "./site/site.ts";
import type { CallLimitOptions } from "./trpc/call-limits.ts";
import type { ContextParts } from "./trpc/create-context.ts";
import { trpcPlugin } from "./trpc/trpc-plugin.ts";

const REQUEST_TIMEOUT_MS = 60_000;
const CONNECTION_TIMEOUT_MS = 75_000;

const REQUEST_ID_FORM = /^[A-Za-z0-9._-]{8,128}$/u;

export interface ServerOptions extends ContextParts {
  /** See `TrpcOptions`. */
  readonly pingIntervalMs?: number;
  readonly readiness: Readiness;
  readonly logger: FastifyBaseLogger;
  /** The site's pages; without them the server is the API alone. */
  readonly site: Site | undefined;
  /** Where visitors reach the site; otherwise taken from each request. */
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  /** See `TrpcOptions`. */
  readonly trpcVersion?: string;
  readonly publicCacheBytes?: number;
  readonly live: HeardLive;
  /** How much one address may ask; see `CallLimits`. */
  readonly callLimits?: CallLimitOptions;
  /** A mailbox at `/mailbox`, for an academy whose mails are kept. */
  readonly mailbox?: { readonly academy: string };
}

function requestIdOf(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === "string" && REQUEST_ID_FORM.test(given) ? given : randomUUID();
}

/**
 * Puts the server together without listening: tests, tools and `main.ts` decide what to do with it.
 *
 * @throws Error when a procedure does not declare its access
 */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  declaredAccess(appRouter);
  const overHttps = options.publicUrl?.startsWith("https:") ?? false;
  const headers = securityHeaders({ overHttps });

  const app = fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (parent, bindings) => new RequestLogger(parent, bindings),
    genReqId: (request) => requestIdOf(request.headers),
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    forceCloseConnections: "idle",
    // A batch of procedure names is one segment of the address.
    routerOptions: { maxParamLength: MAX_URL_LENGTH, querystringParser: keepQueryString },
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    clientErrorHandler: answerNoHttp(headers.pages),
    frameworkErrors: (error, request, reply) => {
      reply.headers(headers.pages).header(REQUEST_ID_HEADER, request.id);
      answerUnreadable(error, request, reply);
      logRequest(request, reply);
    },
  });

  app.addHook("onRequest", (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
  sendSecurityHeaders(app, headers);
  logRequests(app);
  answerErrors(app);

  await app.register(healthPlugin, options.readiness);
  await app.register(trpcPlugin, options);
  await app.register(calendarFeedPlugin, options);
  if (options.mailbox !== undefined) {
    await app.register(mailboxPlugin, { ...options, ...options.mailbox, overHttps });
  }
  if (options.site !== undefined) {
    await app.register(sitePlugin, { ...options, site: options.site });
  }
  return app;
}
