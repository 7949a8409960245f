import type { FastifyInstance } from "fastify";

function statusOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return 500;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 ? statusCode : 500;
}

/**
 * Answers what went wrong outside tRPC, which shapes its own errors. A mistake of ours is told to the
 * log, and to the caller only by the request id under which it stands there.
 */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) request.log.error({ err: error }, "request failed unexpectedly");
    const message =
      status < 500 && error instanceof Error
        ? error.message
        : "Something went wrong on our side. Please try again.";
    return reply
      .code(status)
      .header("cache-control", "no-store")
      .send({ statusCode: status, message, requestId: request.id });
  });
}
