import { parse } from "node:querystring";
import type { FastifyRequest } from "fastify";

/** For Fastify: leaves the query string as it came. Hardly any answer needs it taken apart, and the API's handler reads it in its own way. */
export function keepQueryString(text: string): { readonly text: string } {
  return { text };
}

/** @returns the parameters of the query string by name; one that is there more than once as an array */
export function queryOf({
  query,
}: FastifyRequest): Readonly<Record<string, string | string[] | undefined>> {
  const isKept = typeof query === "object" && query !== null && "text" in query;
  return parse(isKept ? String(query.text) : "");
}
