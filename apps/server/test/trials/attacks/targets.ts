import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { administer } from "@lectern/database/driver/administer";
import { z } from "zod";
import type { Served } from "../../support/serve.ts";
import type { TrialDatabase } from "../support/trial-database.ts";
import type { Target } from "./sqlmap.ts";

/** What sqlmap is set on: ours, and servers of this trial's own. */

const JSON_HEADERS = { "content-type": "application/json" };

/** By an address, in which the mark stays what it is. */
function byAddress(url: string, name: string, input: unknown): Target {
  const question = encodeURIComponent(JSON.stringify(input));
  return { name: `${name} ${JSON.stringify(input)}`, url: `${url}?input=${question}` };
}

function byBody(url: string, name: string, input: unknown, headers = {}): Target {
  const body = JSON.stringify(input);
  return { name: `${name} ${body}`, url, body, headers: { ...JSON_HEADERS, ...headers } };
}

/** Where texts of callers come close to a statement: searches, filters, orders, cursors and ids. */
export async function targetsOf(
  served: Served,
  cursors: { readonly url: string },
): Promise<Target[]> {
  const { url, client, operatorToken } = served;
  const { items } = await client.courses.list.query({ limit: 1, query: "cloud" });
  const slug = items[0]?.slug ?? "";
  const get = (path: string, input: unknown) => byAddress(`${url}/trpc/${path}`, path, input);
  const post = (path: string, input: unknown) =>
    byBody(`${url}/trpc/${path}`, path, input, { authorization: `Bearer ${operatorToken}` });
  return [
    get("courses.list", { query: "cloud*" }),
    get("courses.list", { sort: "title*" }),
    get("courses.list", { topics: ["security*"] }),
    byAddress(cursors.url, "courses.list, its cursor", { title: "cloud*" }),
    get("courses.bySlug", { slug: `${slug}*` }),
    get("runs.upcoming", { cities: ["Oslo*"] }),
    post("people.list", { query: "grace*" }),
    post("organisations.list", { query: "fjord*" }),
    post("bookings.list", { bookerEmail: "ada@example.com*" }),
    post("audit.list", { actorId: "somebody*" }),
    post("audit.list", { action: "booking*" }),
  ];
}

const Named = z.object({ name: z.string() });

/** @returns how to get into a server that does what it should not */
export function waysIn(url: string): Target[] {
  return [
    byAddress(url, "the control, by its address", { name: "Grace*" }),
    byBody(url, "the control, by a body", { name: "Grace*" }),
  ];
}

/**
 * A server that does what ours must not: it puts what it is given into its statement as it is. It is asked as
 * ours is, by an address and by a body.
 */
export async function startCareless({ url }: TrialDatabase) {
  const sql = administer(url);
  const relay = await listen(async (input) => {
    const { name } = Named.parse(JSON.parse(input));
    return JSON.stringify(await sql.run(`SELECT name FROM person WHERE name = '${name}'`));
  });
  return {
    url: relay.url,
    async [Symbol.asyncDispose]() {
      await relay[Symbol.asyncDispose]();
      await sql[Symbol.asyncDispose]();
    },
  };
}

const Cursor = z.object({ title: z.string() });
const NO_ID = "00000000-0000-7000-8000-000000000000";

/** Puts what it is given into a cursor, and asks ours: sqlmap does not get through its base64 by itself. */
export function startCursors({ url }: Served) {
  return listen(async (input) => {
    const { title } = Cursor.parse(JSON.parse(input));
    const cursor = Buffer.from(JSON.stringify(["title", 0, title, NO_ID])).toString("base64url");
    const question = encodeURIComponent(JSON.stringify({ limit: 5, sort: "title", cursor }));
    const answer = await fetch(`${url}/trpc/courses.list?input=${question}`);
    return answer.text();
  });
}

/** Answers what is asked by an address, `?input=`, or by a body. */
async function listen(answer: (input: string) => Promise<string>) {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? "/", "http://localhost").searchParams.get("input");
    void (asked === null ? text(request) : Promise.resolve(asked)).then(answer).then(
      (told) => response.end(told),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("It has no port");
  return address.port;
}
