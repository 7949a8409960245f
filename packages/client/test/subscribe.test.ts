import type { ServerResponse } from "node:http";
import { tracked } from "@trpc/server";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type ClientHooks,
  LecternError,
  LecternTimeoutError,
  type RouterOutputs,
  type SubscriptionState,
  createClient,
  subscribe,
  updates,
} from "../src/index.ts";
import { type Intercept, anything, refusal, startAcademy, t } from "./academy.ts";

/** Against tRPC's own server, which speaks the wire as Lectern's does. */

type RunState = RouterOutputs["runs"]["watch"];

const runIds = ["0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d"];

function state(placesLeft: number): RunState {
  return { runId: "run", capacity: 1000, placesLeft, bookability: "open", waiting: 0 };
}

interface Resumed {
  readonly lastEventId?: string;
}

/** Counts places up to a number, from wherever the client was; `next` is asked before each. */
function countingRouter(last: number, next: (count: number) => Promise<void> = async () => {}) {
  const live = { now: 0, most: 0 };
  const router = t.router({
    runs: t.router({
      watch: anything.subscription(async function* ({ input, signal }) {
        live.now += 1;
        live.most = Math.max(live.most, live.now);
        try {
          const { lastEventId } = input as Resumed;
          for (let count = Number(lastEventId ?? 0) + 1; count <= last; count += 1) {
            await next(count);
            if (signal?.aborted) return;
            yield tracked(String(count), state(count));
          }
        } finally {
          live.now -= 1;
        }
      }),
    }),
  });
  return { router, live };
}

/** Subscribes to places until the test is over. */
function collect(url: string, options: Parameters<typeof createClient>[0] = {}) {
  const told: number[] = [];
  const states: SubscriptionState[] = [];
  const errors: unknown[] = [];
  const client = createClient({ url, ...options });
  const subscription = subscribe(
    client.runs.watch,
    { runIds },
    {
      onData: ({ placesLeft }) => told.push(placesLeft),
      onState: (next) => states.push(next),
      onError: (error) => errors.push(error),
    },
  );
  onTestFinished(() => subscription.close());
  return { told, states, errors, subscription };
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const forEver = () => new Promise<void>(() => {});

describe("a subscription", () => {
  test("tells each event in order, and closes when it is complete", async () => {
    const { router, live } = countingRouter(5);
    await using academy = await startAcademy(router);
    const { told, states, errors, subscription } = collect(academy.url);
    expect(states).toEqual([]);
    await subscription.closed;
    expect([told, states, errors]).toEqual([upTo(5), ["connecting", "open", "closed"], []]);
    expect(academy.seen).toHaveLength(1);
    expect(live.now).toBe(0);
  });

  test("asks by GET with the token of the moment in a header, and nothing in the address but the question", async () => {
    const { router } = countingRouter(2);
    await using academy = await startAcademy(router, ({ response, serve }, number) => {
      if (number === 1) response.destroy();
      else serve();
    });
    let tokens = 0;
    const { subscription } = collect(academy.url, {
      token: () => `secret-${(tokens += 1)}`,
      clientName: "intranet/2",
    });
    await subscription.closed;
    expect(academy.seen.map(({ method, headers }) => [method, headers.authorization])).toEqual([
      ["GET", "Bearer secret-1"],
      ["GET", "Bearer secret-2"],
    ]);
    for (const { url, headers } of academy.seen) {
      expect(decodeURIComponent(url)).toBe(`/trpc/runs.watch?input=${JSON.stringify({ runIds })}`);
      expect(headers.accept).toBe("text/event-stream");
      expect(headers["x-lectern-client"]).toMatch(/^intranet\/2 lectern-client\//u);
      expect(headers["x-request-id"]).toMatch(/^[0-9a-f]{32}$/u);
    }
  });

  test("goes on where it was over 1,000 connections that break: nothing lost, doubled, out of order or left behind", async () => {
    const clients = 50;
    const connections = 21;
    const perConnection = 3;
    const last = connections * perConnection;
    const { router, live } = countingRouter(last);
    const taken = new Map<string, number>();
    /** Breaks the connection off in the middle of what follows its third event. */
    function breakOff(response: ServerResponse, client: string): void {
      const write = response.write.bind(response);
      let events = 0;
      Object.assign(response, {
        write(chunk: Uint8Array) {
          if (events > perConnection) return true;
          const text = Buffer.from(chunk).toString();
          if (text.startsWith("id: ")) events += 1;
          if (events < perConnection || text !== "\n\n") return write(chunk);
          events += 1;
          taken.set(client, (taken.get(client) ?? 0) + 1);
          write(chunk);
          return write('data: {"placesLeft":', () => response.destroy());
        },
      });
    }
    await using academy = await startAcademy(router, ({ request, response, serve }) => {
      const client = String(request.headers["x-lectern-client"]);
      if ((taken.get(client) ?? 0) < connections - 1) breakOff(response, client);
      serve();
    });
    const all = upTo(clients).map((number) =>
      collect(academy.url, { clientName: `client-${number}` }),
    );
    await Promise.all(all.map(({ subscription }) => subscription.closed));
    for (const { told, errors } of all) expect([told, errors]).toEqual([upTo(last), []]);
    expect(academy.seen).toHaveLength(clients * connections);
    await expect.poll(() => live.now).toBe(0);
  }, 60_000);

  test("reads events however the bytes are cut", async () => {
    const text = `: hello\n\nevent: connected\ndata: {}\n\nid: 1\ndata: ${JSON.stringify({ ...state(1), runId: "Ålesund 🎓" })}\n\nevent: other\ndata: x\n\nevent: return\ndata:\n\n`;
    await using academy = await startAcademy(t.router({}), ({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
      for (const byte of Buffer.from(text)) response.write(Buffer.from([byte]));
      response.end();
    });
    const told: string[] = [];
    for await (const { runId } of updates(createClient({ url: academy.url }).runs.watch, {
      runIds,
    })) {
      told.push(runId);
    }
    expect(told).toEqual(["Ålesund 🎓"]);
  });
});

describe("what ends it", () => {
  test("closing it ends it at the server, and nothing is told after that", async () => {
    const { router, live } = countingRouter(5, (count) =>
      count > 2 ? forEver() : Promise.resolve(),
    );
    await using academy = await startAcademy(router);
    const { told, states, errors, subscription } = collect(academy.url);
    await expect.poll(() => told).toEqual([1, 2]);
    subscription.close();
    subscription.close();
    await subscription.closed;
    await academy.seen[0]?.cutOff;
    expect([told, states, errors]).toEqual([[1, 2], ["connecting", "open", "closed"], []]);
    expect(live.most).toBe(1);
  });

  test("closing it within a handler is closing it", async () => {
    const { router } = countingRouter(5);
    await using academy = await startAcademy(router);
    const told: number[] = [];
    const subscription = subscribe(
      createClient({ url: academy.url }).runs.watch,
      { runIds },
      {
        onData({ placesLeft }) {
          told.push(placesLeft);
          if (placesLeft === 2) subscription.close();
        },
      },
    );
    await subscription.closed;
    expect(told).toEqual([1, 2]);
  });

  test.each([
    ["before it begins", 0],
    ["while it is connecting", 1],
  ])("the caller's signal %s", async (_, requests) => {
    const signal = requests === 0 ? AbortSignal.abort() : AbortSignal.timeout(50);
    await using academy = await startAcademy(t.router({}), () => {});
    const states: SubscriptionState[] = [];
    const { closed } = subscribe(
      createClient({ url: academy.url }).runs.watch,
      { runIds },
      {
        onData: () => expect.unreachable(),
        onError: () => expect.unreachable(),
        onState: (next) => states.push(next),
        signal,
      },
    );
    await closed;
    expect(academy.seen).toHaveLength(requests);
    expect(states).toEqual(requests === 0 ? ["closed"] : ["connecting", "closed"]);
  });

  test("the caller's signal while it waits to come back", async () => {
    const controller = new AbortController();
    const client = createClient({
      url: "http://127.0.0.1:9",
      hooks: { onRetry: () => controller.abort() },
    });
    const begun = performance.now();
    const { signal } = controller;
    const { closed } = subscribe(client.runs.watch, { runIds }, { onData: () => {}, signal });
    await closed;
    expect(performance.now() - begun).toBeLessThan(190);
  });

  test("an error that the procedure declares, typed, and once", async () => {
    const router = t.router({
      runs: t.router({
        watch: anything.subscription(() => {
          throw refusal("NotFound", { entity: "run", id: "x" }, "NOT_FOUND");
        }),
      }),
    });
    await using academy = await startAcademy(router);
    const failures: unknown[] = [];
    const hooks: ClientHooks = {
      onFailure: ({ failure, type }) => failures.push([type, failure.code]),
    };
    const { errors, states, subscription } = collect(academy.url, { hooks });
    await subscription.closed;
    expect(errors).toEqual([expect.any(LecternError)]);
    expect(errors).toMatchObject([
      { code: "NotFound", data: { entity: "run" }, procedure: "runs.watch", attempts: 1 },
    ]);
    expect(errors).toMatchObject([{ requestId: academy.seen[0]?.headers["x-request-id"] }]);
    expect([failures, states.at(-1)]).toEqual([[["subscription", "NotFound"]], "closed"]);
  });

  test.each([
    [404, "text/html", "<p>Not here</p>", "ContractBroken"],
    [200, "application/json", "{}", "ContractBroken"],
    [200, "text/event-stream", "data: {\n\n", "ContractBroken"],
    [
      401,
      "application/json",
      '{"error":{"message":"no","data":{"httpStatus":401,"domain":{"code":"Unauthenticated","data":{}}}}}',
      "Unauthenticated",
    ],
  ])("an answer that can't get better: %i %s %s", async (status, type, body, code) => {
    await using academy = await startAcademy(t.router({}), ({ response }) => {
      response.writeHead(status, { "content-type": type }).end(body);
    });
    const { errors, subscription } = collect(academy.url);
    await subscription.closed;
    expect(errors).toMatchObject([{ code, attempts: 1 }]);
  });

  test("a token that can't be had", async () => {
    const { errors, subscription } = collect("http://127.0.0.1:9", {
      token: () => Promise.reject(new Error("locked")),
    });
    await subscription.closed;
    expect(errors).toMatchObject([{ code: "ConnectionFailed", cause: { message: "locked" } }]);
  });
});

describe("what does not end it", () => {
  const unavailable = refusal("Unavailable", { retryAfterSeconds: 0 }, "SERVICE_UNAVAILABLE");
  const answers: [string, Intercept][] = [
    ["a connection that is refused", ({ request }) => request.destroy()],
    ["a proxy that says 503", ({ response }) => response.writeHead(503).end("busy")],
    [
      "a proxy that asks for a pause",
      ({ response }) => response.writeHead(429, { "retry-after": "0" }).end(),
    ],
    [
      "a server on its way out",
      ({ response }) =>
        response
          .writeHead(503, { "content-type": "application/json" })
          .end('{"error":"Service Unavailable","message":"Service Unavailable","statusCode":503}'),
    ],
    [
      "a stream that ends at once",
      ({ response }) => response.writeHead(200, { "content-type": "text/event-stream" }).end(),
    ],
  ];

  test.each(answers)("%s", async (_, answer) => {
    const { router } = countingRouter(1);
    await using academy = await startAcademy(router, (exchange, number) => {
      if (number <= 2) answer(exchange, number);
      else exchange.serve();
    });
    const retries: string[] = [];
    const hooks: ClientHooks = {
      onRetry: ({ failure, delayMs }) => retries.push(`${failure.code} ${delayMs <= 800}`),
    };
    const { told, errors, subscription } = collect(academy.url, { hooks });
    await subscription.closed;
    expect([told, errors]).toEqual([[1], []]);
    expect(retries).toEqual(["ConnectionFailed true", "ConnectionFailed true"]);
  });

  test("a server that is not available for the moment", async () => {
    let calls = 0;
    const router = t.router({
      runs: t.router({
        watch: anything.subscription(async function* () {
          if ((calls += 1) < 3) throw unavailable;
          yield tracked("1", state(await Promise.resolve(7)));
        }),
      }),
    });
    await using academy = await startAcademy(router);
    const { told, errors, subscription } = collect(academy.url);
    await subscription.closed;
    expect([told, errors, calls]).toEqual([[7], [], 3]);
  });

  test.each([
    ["never answers", false],
    ["falls silent", true],
  ])("a server that %s", async (_, isOpen) => {
    const { router } = countingRouter(1);
    await using academy = await startAcademy(router, ({ response, serve }, number) => {
      if (number > 1) return serve();
      if (!isOpen) return;
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('event: connected\ndata: {"reconnectAfterInactivityMs":60}\n\n');
    });
    const failures: unknown[] = [];
    const { told, states, subscription } = collect(academy.url, {
      timeoutMs: isOpen ? 30_000 : 60,
      hooks: { onRetry: ({ failure }) => failures.push(failure) },
    });
    await subscription.closed;
    expect(told).toEqual([1]);
    expect(failures).toEqual([expect.any(LecternTimeoutError)]);
    expect(failures).toMatchObject([{ timeoutMs: 60 }]);
    const opening = isOpen ? ["connecting", "open"] : [];
    expect(states).toEqual([...opening, "connecting", "open", "closed"]);
    await academy.seen[0]?.cutOff;
  });

  test("a handler that throws: its error is thrown where nobody catches it", async () => {
    const { router } = countingRouter(3);
    await using academy = await startAcademy(router);
    const uncaught: unknown[] = [];
    const original = setTimeout;
    vi.stubGlobal("setTimeout", (call: () => void, ms?: number) => {
      if (ms !== undefined) return original(call, ms);
      try {
        call();
      } catch (error) {
        uncaught.push(error);
      }
      return undefined;
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    const told: number[] = [];
    const { closed } = subscribe(
      createClient({ url: academy.url }).runs.watch,
      { runIds },
      {
        onData({ placesLeft }) {
          told.push(placesLeft);
          if (placesLeft === 2) throw new Error("clumsy");
        },
        onState(next) {
          if (next === "open") throw new Error("clumsier");
        },
      },
    );
    await closed;
    expect(told).toEqual([1, 2, 3]);
    expect(uncaught).toMatchObject([{ message: "clumsier" }, { message: "clumsy" }]);
  });
});

describe("updates", () => {
  test("leaving the loop closes the connection", async () => {
    const { router, live } = countingRouter(5, (count) =>
      count > 3 ? forEver() : Promise.resolve(),
    );
    await using academy = await startAcademy(router);
    const states: SubscriptionState[] = [];
    const told: number[] = [];
    for await (const { placesLeft } of updates(
      createClient({ url: academy.url }).runs.watch,
      { runIds },
      { onState: (next) => states.push(next) },
    )) {
      told.push(placesLeft);
      if (placesLeft === 2) break;
    }
    expect([told, states]).toEqual([
      [1, 2],
      ["connecting", "open", "closed"],
    ]);
    await academy.seen[0]?.cutOff;
    expect(live.most).toBe(1);
  });

  test("the caller's signal ends the loop with an error, as of a call", async () => {
    const { router } = countingRouter(5, (count) => (count > 1 ? forEver() : Promise.resolve()));
    await using academy = await startAcademy(router);
    const controller = new AbortController();
    const { signal } = controller;
    async function walk(): Promise<void> {
      const { watch } = createClient({ url: academy.url }).runs;
      for await (const _ of updates(watch, { runIds }, { signal })) controller.abort("enough");
    }
    await expect(walk()).rejects.toMatchObject({ code: "Aborted", cause: "enough" });
    await academy.seen[0]?.cutOff;
  });

  test("an error ends the loop", async () => {
    await using academy = await startAcademy(t.router({}));
    async function walk(): Promise<void> {
      for await (const _ of updates(createClient({ url: academy.url }).runs.watch, { runIds })) {
        expect.unreachable();
      }
    }
    await expect(walk()).rejects.toMatchObject({ code: "ServerFailed", kind: "NOT_FOUND" });
  });
});

test("a client with a link of its own says that it can't watch", () => {
  const client = createClient({ link: () => () => expect.unreachable() });
  expect(() => subscribe(client.runs.watch, { runIds }, { onData: () => {} })).toThrow(TypeError);
});
