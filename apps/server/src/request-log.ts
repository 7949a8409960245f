import type { Actor } from "@lectern/auth/actor";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { proceduresOf } from "./trpc/procedures-of.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who makes the request, once that is known: an id, which says nothing to who only has the log. */
    loggedActor: string | undefined;
  }
}

/** Notes who makes a request, for its lines in the log. */
export function noteActor(request: FastifyRequest, actor: Actor): void {
  request.loggedActor = actor.kind === "public" ? actor.kind : `${actor.kind}:${actor.id}`;
}

/** Writes that somebody was refused what they may not do, or may not do so often. */
export function logRefusal(
  request: FastifyRequest,
  refused: { readonly procedure: string | undefined; readonly code: string },
): void {
  request.log.warn({ ...refused, actor: request.loggedActor }, "refused");
}

/** Writes the line of a request that is over. */
export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const { log } = request.server;
  const line = {
    reqId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? "(none)",
    procedures: proceduresOf(request),
    actor: request.loggedActor,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
  };
  if (reply.statusCode >= 500) log.error(line, "request failed");
  else log.info(line, "request");
}

/**
 * One line a request, at its completion. Never a query string, a body or a header: they may hold
 * what nobody should read in a log.
 */
export function logRequests(app: FastifyInstance): void {
  app.decorateRequest("loggedActor", undefined);
  app.addHook("onResponse", (request, reply, done) => {
    logRequest(request, reply);
    done();
  });
}
