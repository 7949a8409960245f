import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { proceduresOf } from "./trpc/procedures-of.ts";

/** Writes the line of a request that is over. */
export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const line = {
    method: request.method,
    route: request.routeOptions.url ?? "(none)",
    procedures: proceduresOf(request),
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
  };
  if (reply.statusCode >= 500) request.log.error(line, "request failed");
  else request.log.info(line, "request");
}

/**
 * One line a request, at its completion. Never a query string, a body or a header: they may hold
 * what nobody should read in a log.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook("onResponse", (request, reply, done) => {
    logRequest(request, reply);
    done();
  });
}
