import type { FastifyReply, FastifyRequest } from "fastify";
import { compressText, isKnown, takesBrotli } from "../negotiation.ts";
import { contentSecurityPolicy } from "../security-headers.ts";
import type { Page } from "./site.ts";

/**
 * Sends a page: not at all to whoever has it, and compressed to whoever takes that. A page without a tag is somebody's own, and
 * is never compressed: its length would tell of a secret beside something that another has chosen (BREACH).
 */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, headers, html, inlined }: Page,
): Promise<FastifyReply> {
  reply.code(status).headers(headers);
  if (inlined !== undefined) {
    reply.header("content-security-policy", contentSecurityPolicy(inlined));
  }
  const etag = headers["etag"];
  if (etag === undefined) return reply.send(html);
  reply.header("vary", "accept-encoding");
  if (status === 200 && isKnown(request.headers["if-none-match"], etag))
    return reply.code(304).send();
  if (!takesBrotli(request.headers["accept-encoding"])) return reply.send(html);
  return reply.header("content-encoding", "br").send(await compressText(Buffer.from(html)));
}
