import { z } from "zod";
import { queryPath } from "../contenders/query-path.ts";

/** What the servers of the rows that read are asked, whatever the address is that each one has for it. */
export interface ReadQuestion {
  readonly procedure: "system.info" | "articles.bySlug" | "courses.list";
  readonly input: {
    readonly slug?: string;
    readonly limit?: number;
    readonly query?: string;
  };
}

/** Somebody else's framework around the same work. */
export interface Framework {
  readonly name: string;
  /** In `peers/frameworks`. */
  readonly program: string;
  readonly pathOf: (question: ReadQuestion) => string;
  /** Takes the data out of what it is sent in. */
  readonly dataOf: (answer: unknown) => unknown;
}

/** What the programs load from here. */
export const PEER_WORK = new URL("../contenders/peer-work.ts", import.meta.url).href;

/** @returns the question to Lectern, or to anybody else with tRPC */
export function trpcPath({ procedure, input }: ReadQuestion): string {
  return Object.keys(input).length === 0 ? `/trpc/${procedure}` : queryPath(procedure, input);
}

/** @returns the data of an answer by tRPC @throws ZodError for another answer */
export function trpcData(answer: unknown): unknown {
  return z.object({ result: z.object({ data: z.unknown() }) }).parse(answer).result.data;
}

/** As oRPC's client asks by GET. */
function orpcPath({ procedure, input }: ReadQuestion): string {
  const path = `/rpc/${procedure.replaceAll(".", "/")}`;
  const isEmpty = Object.keys(input).length === 0;
  return isEmpty ? path : `${path}?data=${encodeURIComponent(JSON.stringify({ json: input }))}`;
}

function orpcData(answer: unknown): unknown {
  return z.object({ json: z.unknown() }).parse(answer).json;
}

function restPath({ procedure, input }: ReadQuestion): string {
  switch (procedure) {
    case "system.info":
      return "/system/info";
    case "articles.bySlug":
      return `/articles/${encodeURIComponent(input.slug ?? "")}`;
    case "courses.list":
      return `/courses?limit=${input.limit}`;
  }
}

function plainData(answer: unknown): unknown {
  return answer;
}

export const FRAMEWORKS: readonly Framework[] = [
  { name: "oRPC", program: "orpc.mjs", pathOf: orpcPath, dataOf: orpcData },
  { name: "Hono", program: "hono.mjs", pathOf: restPath, dataOf: plainData },
  { name: "Express + tRPC", program: "express-trpc.mjs", pathOf: trpcPath, dataOf: trpcData },
  { name: "NestJS on Fastify", program: "nest.mjs", pathOf: restPath, dataOf: plainData },
];
