import { createPasswords } from "@lectern/auth/passwords/passwords";
import { CACHEABLE_QUERIES, MAX_BATCH_SIZE } from "@lectern/contract/cacheable";
import type { Database } from "@lectern/database/connect";
import { z } from "zod";
import { Dice } from "../fuzz/dice.ts";
import { spoil } from "../fuzz/hostile.ts";
import { schemaOf } from "../fuzz/json-schema.ts";
import { validValue } from "../fuzz/valid.ts";
import { type Caller, World } from "../fuzz/world.ts";
import { PROCEDURES } from "../support/procedures.ts";
import { serve } from "../support/serve.ts";
import { startBeside } from "./beside.ts";
import { JSON_TYPE } from "./calls.ts";
import { type Entry, ID_PREFIX, type Told } from "./ledger.ts";
import type { PlayServer } from "./play.ts";
import type { Exchange } from "./raw-exchange.ts";
import { type RequestOptions, type Variant, bytesOf, variantOf } from "./variant.ts";

/**
 * The academy's own procedures, on one database, by the server as it is and by one that leaves everything to the stock
 * adapter.
 */
export interface Academy extends AsyncDisposable {
  readonly ours: PlayServer;
  readonly stock: PlayServer;
  readonly variants: readonly Variant[];
}

/** @param db a database that is migrated and empty */
export async function startAcademy(db: Database, seed: number): Promise<Academy> {
  const passwords = await createPasswords({
    parameters: { memory: 64, passes: 1, parallelism: 1 },
  });
  const callLimits = { perMinute: 0, effectsPerMinute: 0, streams: 0 };
  // What is kept is answered before either of the two is asked.
  const publicCacheBytes = 0;
  const served = await serve(db, { auth: { passwords }, callLimits, publicCacheBytes });
  // Where another version of tRPC is installed, the stock adapter serves everything.
  const beside = await startBeside(served, {
    callLimits,
    publicCacheBytes,
    trpcVersion: "another",
  });
  const world = new World(served);
  await world.begin();
  return {
    ours: { port: portOf(served.url), entryOf: readLog(served.log), servedOf: wholeAnswers },
    stock: { port: portOf(beside.url), entryOf: readLog(beside.log), servedOf: wholeAnswers },
    variants: academyVariants(world, seed),
    async [Symbol.asyncDispose]() {
      await beside[Symbol.asyncDispose]();
      await served.stop();
    },
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** Our handler knows how long an answer is; the stock adapter, which says to caches what ours does, never. */
function wholeAnswers(_id: string, { answers }: Exchange): number {
  return answers.filter(({ headers }) => {
    const names = headers.map(([name]) => name);
    return names.includes("vary") && names.includes("content-length");
  }).length;
}

const Line = z.object({
  reqId: z.string(),
  level: z.number(),
  msg: z.string(),
  procedure: z.string().optional(),
  procedures: z.string().optional(),
  code: z.string().optional(),
  actor: z.string().optional(),
  status: z.number().optional(),
  err: z.object({ type: z.string(), message: z.string() }).optional(),
});

/**
 * Reads the log once, when it is asked for the first time: by then everything has been written.
 *
 * @returns for each variant what the log says of it, times aside
 */
function readLog(log: () => string): (variant: string) => Entry {
  let told: Map<string | undefined, Told[]> | undefined;
  return (variant) => {
    told ??= Map.groupBy(
      log()
        .split("\n")
        .filter((line) => line.includes(ID_PREFIX))
        .map((line): Told => {
          const { reqId, procedure, procedures, ...more } = Line.parse(JSON.parse(line));
          return { reqId, path: String(procedure ?? procedures), error: JSON.stringify(more) };
        }),
      ({ reqId }) => reqId,
    );
    return {
      contexts: 0,
      ran: [],
      told: told.get(variant) ?? [],
      served: 0,
      left: 0,
      noted: [],
    };
  };
}

/** What a caller asks for, of a procedure or of several. */
interface Asked {
  readonly path: string;
  readonly json: string | undefined;
}

const QUERIES = PROCEDURES.filter(({ type }) => type === "query");
const MUTATIONS = PROCEDURES.filter(
  ({ type, input }) => type === "mutation" && input !== undefined,
);
const SUBSCRIPTION = PROCEDURES.find(({ type }) => type === "subscription")?.path ?? "none";
const cacheable: ReadonlySet<string> = new Set(CACHEABLE_QUERIES);

type Headers = readonly (readonly [name: string, value: string])[];

/** Queries as everybody, with inputs that are right and others that are not; mutations that change nothing. */
function academyVariants(world: World, seed: number): Variant[] {
  const dice = new Dice(seed);
  const shaped = QUERIES.map(({ path, input }) => ({
    path,
    schema: input === undefined ? undefined : schemaOf(input),
  }));

  function ask({ path, schema }: (typeof shaped)[number]): Asked {
    if (schema === undefined) return { path, json: dice.isOnceIn(2) ? undefined : "{}" };
    if (dice.isOnceIn(12)) return { path, json: undefined };
    const input = validValue(schema, dice, world.known);
    const json = JSON.stringify(dice.isOnceIn(3) ? spoil(input, dice) : input) ?? "null";
    return { path, json: json.length < 3000 ? json : "{}" };
  }
  const others = world.callers.filter(({ name }) => name !== "operator");
  const [operator = dice.oneOf(world.callers)] = world.callers.filter(
    ({ name }) => name === "operator",
  );
  const headersOf = ({ headers }: Caller): Headers => [
    ["x-lectern-client", "wire"],
    ...Object.entries(headers),
  ];

  const singles = shaped.flatMap((one) => {
    const callers = [operator, operator, dice.oneOf(others), dice.oneOf(others)];
    return callers.map((caller) => {
      const { path, json } = ask(one);
      const isGet = cacheable.has(path) || dice.isOnceIn(2);
      return request(`${path} as ${caller.name}`, headersOf(caller), isGet, path, json, true);
    });
  });
  const batches = Array.from({ length: 60 }, () => {
    const caller = dice.isOnceIn(2) ? operator : dice.oneOf(others);
    const count = dice.oneOf([1, 2, 3, 5, MAX_BATCH_SIZE, MAX_BATCH_SIZE + 1]);
    const asked = Array.from({ length: count }, () => ask(dice.oneOf(shaped)));
    const inputs = asked.flatMap(({ json }, index) =>
      json === undefined ? [] : [`"${index}":${json}`],
    );
    return request(
      `${count} as ${caller.name}`,
      headersOf(caller),
      count < 5 && dice.isOnceIn(3),
      `${asked.map(({ path }) => path).join()}?batch=1`,
      `{${inputs.join()}}`,
      count <= MAX_BATCH_SIZE,
    );
  });
  const mutations = MUTATIONS.flatMap(({ path }) => {
    const caller = dice.oneOf(world.callers);
    const name = `${path} as ${caller.name}`;
    return [
      request(name, headersOf(caller), false, path, dice.oneOf(["null", "5", "[]", "{"]), true),
      request(`${name}, by GET`, headersOf(caller), true, path, "{}", false),
    ];
  });
  return [...singles, ...batches, ...mutations, ...unusual(headersOf(operator))];
}

/** What the server says before any handler, and what it leaves to the adapter. */
function unusual(operator: Headers): Variant[] {
  const info = "/trpc/system.info";
  const json = [JSON_TYPE, ...operator];
  const of = (name: string, options: Omit<RequestOptions, "host">) =>
    variantOf(`academy: ${name}`, false, { host: "localhost", ...options });
  return [
    of("HEAD", { method: "HEAD", target: info }),
    of("PUT", { method: "PUT", target: info, headers: json, body: "{}" }),
    of("OPTIONS", { method: "OPTIONS", target: info }),
    of("unknown", { target: "/trpc/unknown" }),
    of("unknown among others", { target: "/trpc/system.info,unknown?batch=1" }),
    of("of no name", { target: "/trpc/" }),
    of("decoded twice", { target: "/trpc/system%252Einfo" }),
    of("text", {
      method: "POST",
      target: info,
      headers: [["content-type", "text/plain"]],
      body: "",
    }),
    of("of another site", {
      method: "POST",
      target: info,
      headers: [...json, ["origin", "https://other.example"]],
      body: "{}",
    }),
    of("a stream", { target: `${info}?batch=1`, headers: [["trpc-accept", "application/jsonl"]] }),
    of("connectionParams", { target: `${info}?connectionParams=null` }),
    of("a body of no JSON", {
      method: "POST",
      target: "/trpc/courses.list",
      headers: json,
      body: "{",
    }),
    of("two in one name", { target: "/trpc/system.info,system.info" }),
    of("a subscription by POST", {
      method: "POST",
      target: `/trpc/${SUBSCRIPTION}`,
      headers: json,
      body: "{}",
    }),
    variantOf("academy: no host", false, { target: info, host: "%" }),
    { ...of("HTTP/1.0", { target: info, version: "1.0" }), isOurs: true },
  ];
}

function request(
  name: string,
  headers: Headers,
  isGet: boolean,
  target: string,
  json: string | undefined,
  isOurs: boolean,
): Variant {
  const separator = target.includes("?") ? "&" : "?";
  const query =
    isGet && json !== undefined
      ? `${separator}input=${encodeURIComponent(json.toWellFormed())}`
      : "";
  return variantOf(`academy: ${isGet ? "GET" : "POST"} ${name} ${target.slice(0, 60)}`, isOurs, {
    method: isGet ? "GET" : "POST",
    target: `/trpc/${target}${query}`,
    headers: isGet ? headers : [JSON_TYPE, ...headers],
    ...(!isGet && { body: bytesOf((json ?? "null").toWellFormed()) }),
    host: "localhost",
  });
}
