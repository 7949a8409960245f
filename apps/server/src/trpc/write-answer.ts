import type { FastifyReply } from "fastify";

/**
 * Writes an answer at once, head and body together. Fastify would look for hooks and serialisers first, of which there are none here, and
 * hand its headers over one by one; it still hears of the end, by the response itself.
 *
 * @param headers which replace those that the reply has by the same name, in small letters; without `content-length`
 * @param body nothing for an answer that has none, such as 304
 */
export function writeAnswer(
  reply: FastifyReply,
  status: number,
  headers: Readonly<Record<string, string>>,
  body?: string | Buffer,
): void {
  reply.hijack();
  const head: string[] = [];
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...headers })) {
    for (const one of Array.isArray(value) ? value : [value]) head.push(name, String(one));
  }
  if (body !== undefined) head.push("content-length", String(Buffer.byteLength(body)));
  reply.raw.writeHead(status, head).end(body);
}
