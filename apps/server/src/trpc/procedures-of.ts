import type { FastifyRequest } from "fastify";

/** Where the API is: a procedure's name, or those of a batch. */
export const API_ROUTE = "/trpc/:path";

/** Names the procedures of a request for the log: the path says them, the query string is not needed. */
export function proceduresOf({ params }: FastifyRequest): string | undefined {
  if (typeof params !== "object" || params === null || !("path" in params)) return undefined;
  return typeof params.path === "string" ? params.path : undefined;
}
