import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ServerProcess } from "../contenders/server-process.ts";
import type { Task } from "../load/messages.ts";
import { trpcData, trpcPath } from "./frameworks.ts";

/** How an academy's questions are put to a content management system, or to Lectern. */
export interface CmsQuestions {
  readonly listPath: (limit: number) => string;
  readonly searchPath: (word: string, limit: number) => string;
  readonly detailPath: (slug: string) => string;
  readonly enquiry: Omit<Extract<Task, { kind: "post" }>, "kind" | "origin">;
  /** Where enquiries are kept. */
  readonly enquiryTable: string;
  /** @returns how many items an answer has @throws ZodError for one that is none */
  readonly countItems: (answer: unknown) => number;
}

/** A content management system that has been started. */
export interface Cms extends CmsQuestions {
  readonly name: string;
  readonly server: ServerProcess;
}

/** What everybody is told. */
export const ENQUIRY = {
  kind: "contact",
  name: "Somebody",
  email: "somebody@example.com",
  message: "When is the next course, and is there a place left for three of us?",
  language: "en",
};

/** Fields of a course that the systems are asked for: what stands on its card, as far as it is the course's own. */
export const CARD = ["code", "slug", "title", "summary", "level"] as const;

/** @returns path and query */
export function addressOf(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(query).toString()}`;
}

const Items = z.object({ data: z.array(z.unknown()) });

/** Both systems answer with a list, of one where it is one that is asked for. */
export function countData(answer: unknown): number {
  return Items.parse(answer).data.length;
}

const LecternItems = z.union([
  z.object({ items: z.array(z.unknown()) }),
  z.object({ slug: z.string() }),
]);

export const lecternQuestions: CmsQuestions = {
  listPath: (limit) => trpcPath({ procedure: "courses.list", input: { limit } }),
  searchPath: (query, limit) => trpcPath({ procedure: "courses.list", input: { query, limit } }),
  detailPath: (slug) => trpcPath({ procedure: "articles.bySlug", input: { slug } }),
  enquiry: {
    path: "/trpc/enquiries.send",
    body: { ...ENQUIRY, consent: true, idempotencyKey: randomUUID() },
    freshField: "idempotencyKey",
    accepted: 200,
  },
  enquiryTable: "public.enquiry",
  countItems(answer) {
    const data = LecternItems.parse(trpcData(answer));
    return "items" in data ? data.items.length : 1;
  },
};
