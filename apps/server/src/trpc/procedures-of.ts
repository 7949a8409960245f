import type { FastifyRequest } from "fastify";
import { z } from "zod";

const Params = z.object({ path: z.string() });

/** Names the procedures of a request for the log: the path says them, the query string is not needed. */
export function proceduresOf(request: FastifyRequest): string | undefined {
  const params = Params.safeParse(request.params);
  return params.success ? params.data.path : undefined;
}
