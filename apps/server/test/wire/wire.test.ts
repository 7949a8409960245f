import { type TestDatabase, createTestDatabase } from "@lectern/database/testing/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WireHandler } from "../../src/trpc/wire-handler.ts";
import { batchGet, get, post } from "./calls.ts";
import type { MakeHandler } from "./specimen-server.ts";
import { type WireReport, compareSome, compareWires } from "./suite.ts";

/** Our handler for tRPC's protocol beside the stock adapter: `pnpm test:wire` does the same, and prints its figures. */

describe("the handler of our own", () => {
  let database: TestDatabase | undefined;
  let report: WireReport | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    report = await compareWires({ db: database.db, seed: 1, generated: 600 });
  }, 300_000);
  afterAll(async () => {
    await database?.drop();
  });

  it("answers, and does, what the stock adapter does", () => {
    expect(report?.differences).toEqual([]);
    expect(report?.figures.variants).toBeGreaterThan(4000);
  });

  it("leaves nothing to it that a client may ask for", () => {
    expect(report?.unserved).toEqual([]);
    expect(report?.figures.served).toBeGreaterThan(3000);
  });
});

/** What a handler can get wrong, made from ours. */
const BROKEN: Readonly<Record<string, MakeHandler>> = {
  "leaves everything to the adapter": () => ({ serve: () => Promise.resolve(false) }),
  "leaves batches to the adapter": (options) => new WireHandler({ ...options, maxBatchSize: 1 }),
  "sends no headers of its own": (options) =>
    new WireHandler({ ...options, headersOf: () => ({}) }),
  "tells nobody of errors": (options) => new WireHandler({ ...options, onError: () => {} }),
  "makes the context twice": (options) =>
    new WireHandler({
      ...options,
      createContext: async (...call) => {
        await options.createContext(...call);
        return options.createContext(...call);
      },
    }),
  "answers before it has done anything": (options) => {
    const handler = new WireHandler(options);
    return {
      async serve(request, reply, path) {
        if (request.method === "GET") return handler.serve(request, reply, path);
        await reply.header("content-type", "application/json").send('{"result":{"data":{}}}');
        return true;
      },
    };
  },
};

describe("a handler", () => {
  const variants = [
    get("nothing"),
    get("fault.NOT_FOUND"),
    post("change", '{"a":1}'),
    batchGet(["echo", "fault.error"], '{"0":1}'),
  ];

  it("that is ours does nothing wrong here", async () => {
    const { differences, unserved } = await compareSome(variants, (wire) => new WireHandler(wire));
    expect([differences, unserved]).toEqual([[], []]);
  });

  it.each(Object.entries(BROKEN))("that %s is noticed", async (_, makeHandler) => {
    const { differences, unserved } = await compareSome(variants, makeHandler);
    expect([...differences, ...unserved]).not.toEqual([]);
  });
});
