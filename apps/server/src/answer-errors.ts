import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

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
    return tell(request, reply, status, message);
  });
  // Fastify's own repeats the address, and with it what was in there.
  app.setNotFoundHandler((request, reply) => tell(request, reply, 404, "There is nothing here."));
}

/** Answers a request whose address can't be read: it gets to no route, and to none of the hooks. */
export function answerUnreadable(
  error: { readonly statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void tell(request, reply, error.statusCode ?? 400, "This address can't be read.");
}

/** Where what came is no HTTP, and why. */
const STATUS_OF_NO_HTTP: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Answers what is no HTTP, and closes the connection. Fastify's own would log it, with all that came: whoever
 * it came from may be signed in.
 *
 * @param headers of every answer
 * @returns for `clientErrorHandler`
 */
export function answerNoHttp(
  headers: Readonly<Record<string, string>>,
): (error: { readonly code: string }, socket: Socket) => void {
  return ({ code }, socket) => {
    if (code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = STATUS_OF_NO_HTTP[code] ?? 400;
    const message = STATUS_CODES[status] ?? "";
    const body = JSON.stringify({ statusCode: status, message });
    const lines = Object.entries({
      ...headers,
      "content-type": "application/json; charset=utf-8",
      "content-length": String(body.length),
      connection: "close",
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${message}\r\n${lines.join("")}\r\n${body}`);
  };
}

function tell(
  request: FastifyRequest,
  reply: FastifyReply,
  statusCode: number,
  message: string,
): FastifyReply {
  return reply
    .code(statusCode)
    .header("cache-control", "no-store")
    .send({ statusCode, message, requestId: request.id });
}
