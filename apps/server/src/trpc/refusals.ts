import type { FastifyReply, FastifyRequest } from "fastify";
import { logRefusal } from "../request-log.ts";
import { proceduresOf } from "./procedures-of.ts";

/** Answers a request that is not taken any further. */
export function refuse(
  reply: FastifyReply,
  httpStatus: number,
  code: string,
  message: string,
): void {
  void reply
    .code(httpStatus)
    .header("cache-control", "no-store")
    .send({ error: { message, code: -32600, data: { code, httpStatus } } });
}

/** Answers somebody who asks too much, as procedures do. */
export function refuseForNow(request: FastifyRequest, reply: FastifyReply, seconds: number): void {
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
