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
  const before = reply.getHeaders();
  for (const name in before) if (headers[name] === undefined) addTo(head, name, before[name]);
  for (const name in headers) addTo(head, name, headers[name]);
  if (body !== undefined) head.push("content-length", String(Buffer.byteLength(body)));
  reply.raw.writeHead(status, head).end(body);
}

function addTo(head: string[], name: string, value: string | number | string[] | undefined): void {
  if (typeof value === "string") head.push(name, value);
  else if (Array.isArray(value)) for (const one of value) head.push(name, one);
  else head.push(name, String(value));
}
