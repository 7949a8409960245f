import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { AnswerReader } from "./answer-reader.ts";
import { getAttempts, holdAttempts, postAttempts, signInAttempts } from "./http-attempts.ts";
import { getRequest, openConnection, postRequests } from "./http-connection.ts";
import { runLoops, runSteadily } from "./loops.ts";
import type { Tally } from "./messages.ts";

function read(reader: AnswerReader, text: string) {
  return reader
    .push(Buffer.from(text))
    .map(({ status, body }) => ({ status, body: body.toString() }));
}

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

describe("reading answers", () => {
  const WIRE =
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHallo" +
    "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n" +
    "HTTP/1.1 204 No Content\r\nserver: x\r\n\r\n" +
    "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
  const ANSWERS = [
    { status: 200, body: "Hallo" },
    { status: 404, body: "abc0123456789" },
    { status: 204, body: "" },
    { status: 200, body: "" },
  ];

  test("finds them wherever the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(WIRE.length), { maxLength: 12 }), (cuts) => {
        const reader = new AnswerReader();
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), WIRE.length];
        const answers = bounds
          .slice(1)
          .flatMap((end, index) => read(reader, WIRE.slice(bounds[index], end)));
        expect(answers).toEqual(ANSWERS);
      }),
    );
  });

  test("refuses what it can't tell the end of", () => {
    expect(() => read(new AnswerReader(), "HTTP/1.1 200 OK\r\nserver: x\r\n\r\n")).toThrow("ends");
    expect(() => read(new AnswerReader(), "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")).toThrow(
      "hangs up",
    );
    expect(() => read(new AnswerReader(), "SMTP ready\r\n\r\n")).toThrow("no HTTP answer");
  });
});

describe("connections", () => {
  test("ask one question after the other, and get chunks and lengths alike", async () => {
    await using server = await serve((request, response) => {
      if (request.url === "/chunks") {
        response.write("in ");
        response.end("chunks");
        return;
      }
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => response.writeHead(201, { "content-length": body.length }).end(body));
    });
    const connection = await openConnection(server.origin);
    const chunked = await connection.ask(getRequest(server.origin, "/chunks"));
    expect([chunked.status, chunked.body.toString()]).toEqual([200, "in chunks"]);
    const echoed = await connection.ask(
      postRequests(server.origin, "/echo")({ a: "ä"[0] === "ä" }),
    );
    expect([echoed.status, echoed.body.toString()]).toEqual([201, '{"a":true}']);
    connection.close();
  });

  test("fail when the server hangs up without an answer", async () => {
    await using server = await serve((request) => {
      request.socket.destroy();
    });
    const connection = await openConnection(server.origin);
    await expect(connection.ask(getRequest(server.origin, "/"))).rejects.toThrow("closed");
    await expect(connection.ask(getRequest(server.origin, "/"))).rejects.toThrow("closed");
  });
});

describe("loops", () => {
  const AT_ONCE = { clients: 4, rampMs: 0, durationMs: 5000, attempts: 10 };

  test("make as many attempts as ordered, and count each outcome", async () => {
    let made = 0;
    const tally = await runLoops(
      {
        attempt: async () => {
          await Promise.resolve();
          made += 1;
          return made % 5 === 0 ? "fifth" : "other";
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
      AT_ONCE,
    );
    expect(tally.outcomes).toEqual({ other: 8, fifth: 2 });
  });

  /** Has each client take so many milliseconds for an attempt, on a clock of its own. */
  async function measured(
    milliseconds: number[],
    limits: { rampMs: number; durationMs: number },
  ): Promise<Tally> {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
    try {
      const running = runLoops(
        {
          attempt: (client) =>
            new Promise((resolve) => setTimeout(() => resolve("over"), milliseconds[client])),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        },
        { clients: milliseconds.length, attempts: null, ...limits },
      );
      await vi.advanceTimersByTimeAsync(10_000);
      return await running;
    } finally {
      vi.useRealTimers();
    }
  }

  test("wait for what is under way and count it, but not into the rate", async () => {
    expect(await measured([20, 400, 500], { rampMs: 0, durationMs: 50 })).toEqual({
      perSecond: 40,
      p50Ms: 20,
      p99Ms: 20,
      p999Ms: 20,
      outcomes: { over: 5 },
    });
  });

  test("leave the ramp out of the rate", async () => {
    expect(await measured([100], { rampMs: 150, durationMs: 200 })).toMatchObject({
      perSecond: 10,
      outcomes: { over: 4 },
    });
  });

  test("wait for one answer at least", async () => {
    expect(await measured([100, 250], { rampMs: 0, durationMs: 10 })).toMatchObject({
      perSecond: 10,
      outcomes: { over: 2 },
    });
  });

  test("end with the first failure, once everybody has ended", async () => {
    let underWay = 0;
    const running = runLoops(
      {
        attempt: async (client) => {
          underWay += 1;
          await new Promise((resolve) => setTimeout(resolve, 5));
          underWay -= 1;
          if (client === 2) throw new Error("client 2 fell");
          return "fine";
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
      { clients: 4, rampMs: 0, durationMs: 600_000, attempts: null },
    );
    await expect(running).rejects.toThrow("client 2 fell");
    expect(underWay).toBe(0);
  });
});

describe("a steady stream", () => {
  /** Has attempts take so many milliseconds one after the other, the last of them for all others. */
  async function steady(
    milliseconds: number[],
    order: { clients: number; rampMs: number; durationMs: number },
  ): Promise<{ tally: Tally; begun: number[] }> {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
    try {
      const start = performance.now();
      const begun: number[] = [];
      const running = runSteadily(
        {
          attempt: () => {
            const takes = milliseconds[Math.min(begun.length, milliseconds.length - 1)];
            begun.push(performance.now() - start);
            return new Promise((resolve) => setTimeout(() => resolve("over"), takes));
          },
          [Symbol.asyncDispose]: () => Promise.resolve(),
        },
        { ...order, perSecond: 10 },
      );
      await vi.advanceTimersByTimeAsync(10_000);
      return { tally: await running, begun };
    } finally {
      vi.useRealTimers();
    }
  }

  test("begins whoever is still waiting, and counts all that was due", async () => {
    const { tally, begun } = await steady([350], { clients: 4, rampMs: 0, durationMs: 500 });
    expect(begun).toEqual([0, 100, 200, 300, 400]);
    expect(tally).toEqual({
      perSecond: 10,
      p50Ms: 350,
      p99Ms: 350,
      p999Ms: 350,
      outcomes: { over: 5 },
    });
  });

  test("counts the time in which nobody was free to ask", async () => {
    const { tally, begun } = await steady([300, 1], { clients: 1, rampMs: 0, durationMs: 500 });
    expect(begun).toEqual([0, 300, 301, 302, 400]);
    // They were due at 0, 100, 200, 300 and 400, and over at 300, 301, 302, 303 and 401.
    expect(tally).toMatchObject({ p50Ms: 102, outcomes: { over: 5 } });
    expect(tally.p99Ms).toBeCloseTo(300 - 0.04 * (300 - 201));
  });

  test("leaves the ramp out", async () => {
    const { tally } = await steady([500, 20], { clients: 9, rampMs: 100, durationMs: 400 });
    expect(tally).toEqual({
      perSecond: 10,
      p50Ms: 20,
      p99Ms: 20,
      p999Ms: 20,
      outcomes: { over: 5 },
    });
  });

  test("ends with the first failure, once all have ended", async () => {
    let underWay = 0;
    let made = 0;
    const running = runSteadily(
      {
        attempt: async () => {
          underWay += 1;
          made += 1;
          const isThird = made === 3;
          await new Promise((resolve) => setTimeout(resolve, 5));
          underWay -= 1;
          if (isThird) throw new Error("the third fell");
          return "fine";
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
      { clients: 4, rampMs: 0, durationMs: 600_000, perSecond: 500 },
    );
    await expect(running).rejects.toThrow("the third fell");
    expect(underWay).toBe(0);
  });
});

describe("attempts through HTTP", () => {
  test("count other answers where they are told to", async () => {
    const statuses = [200, 503, 500];
    await using server = await serve((_request, response) => {
      response.writeHead(statuses.shift() ?? 200).end("x");
    });
    await using attempts = await getAttempts(server.origin, ["/"], 1, { accepted: [200, 503] });
    expect(await attempts.attempt(0)).toBe("200");
    expect(await attempts.attempt(0)).toBe("503");
    await expect(attempts.attempt(0)).rejects.toThrow("answered by 500");
  });

  test("show each client's own headers", async () => {
    const seen: string[] = [];
    await using server = await serve((request, response) => {
      seen.push(`${request.url} ${request.headers.cookie}`);
      response.end("x");
    });
    const headers = [{ cookie: "a=1" }, { cookie: "b=2" }];
    await using attempts = await getAttempts(server.origin, ["/", "/other"], 3, { headers });
    for (const client of [0, 1, 2, 0]) await attempts.attempt(client);
    expect(seen).toEqual(["/ a=1", "/other b=2", "/ a=1", "/other a=1"]);
  });

  test("tell who is signed in from who is not for now", async () => {
    const bodies: string[] = [];
    const addresses: unknown[] = [];
    const answers = [
      { status: 200, body: '{"result":{"data":{"state":"signed_in"}}}' },
      { status: 429, body: "{}" },
      { status: 503, body: "{}" },
      { status: 200, body: '{"result":{"data":{"state":"second_factor"}}}' },
    ];
    await using server = await serve((request, response) => {
      addresses.push(request.headers["x-forwarded-for"]);
      request.on("data", (chunk) => bodies.push(String(chunk)));
      request.on("end", () => {
        const answer = answers.shift();
        response.writeHead(answer?.status ?? 500).end(answer?.body);
      });
    });
    const people = ["1", "2", "3", "4"].map((number) => ({
      email: `${number}@example.com`,
      password: "secret",
      headers: { "x-forwarded-for": `198.18.0.${number}` },
    }));
    await using attempts = await signInAttempts(server.origin, people, 4);
    expect(await attempts.attempt(0)).toBe("signed in");
    expect(await attempts.attempt(1)).toBe("asked to come again");
    expect(await attempts.attempt(2)).toBe("unavailable");
    await expect(attempts.attempt(3)).rejects.toThrow("second_factor");
    expect(addresses).toEqual(["198.18.0.1", "198.18.0.2", "198.18.0.3", "198.18.0.4"]);
    expect(bodies[1]).toMatch(
      /^\{"email":"2@example.com","password":"secret","idempotencyKey":"[\w-]{36}"\}$/u,
    );
  });

  test("take turns with the addresses, and fail on any answer but 200", async () => {
    const seen: string[] = [];
    await using server = await serve((request, response) => {
      seen.push(request.url ?? "");
      response.writeHead(request.url === "/c" ? 500 : 200).end("x");
    });
    await using attempts = await getAttempts(server.origin, ["/a", "/b", "/c"], 2);
    await attempts.attempt(0);
    await attempts.attempt(0);
    await expect(attempts.attempt(0)).rejects.toThrow("GET /c HTTP/1.1 was answered by 500: x");
    expect(await attempts.attempt(1)).toBe("200");
    expect(seen).toEqual(["/a", "/b", "/c", "/b"]);
  });

  test("send the same again, with an identifier of its own each time where there is one", async () => {
    const bodies: string[] = [];
    await using server = await serve((request, response) => {
      request.on("data", (chunk) => bodies.push(String(chunk)));
      request.on("end", () => response.writeHead(bodies.length < 3 ? 201 : 200).end("x"));
    });
    await using attempts = await postAttempts(
      {
        kind: "post",
        origin: server.origin,
        path: "/enquiries",
        body: { name: "A", key: "" },
        freshField: "key",
        accepted: 201,
      },
      1,
    );
    expect(await attempts.attempt(0)).toBe("201");
    expect(await attempts.attempt(0)).toBe("201");
    await expect(attempts.attempt(0)).rejects.toThrow(
      "POST /enquiries HTTP/1.1 was answered by 200",
    );
    const sent = z.array(z.object({ name: z.literal("A"), key: z.uuid() }));
    const keys = sent.parse(bodies.map((body): unknown => JSON.parse(body))).map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
  });

  test("tell held places from refused ones, each with a key of its own", async () => {
    const bodies: string[] = [];
    const answers = [
      { status: 200, body: "{}" },
      { status: 409, body: '{"error":{"data":{"domain":{"code":"SoldOut"}}}}' },
      { status: 409, body: '{"error":{"data":{"domain":{"code":"NotBookable"}}}}' },
    ];
    await using server = await serve((request, response) => {
      request.on("data", (chunk) => bodies.push(String(chunk)));
      request.on("end", () => {
        const answer = answers.shift();
        response.writeHead(answer?.status ?? 500).end(answer?.body);
      });
    });
    await using attempts = await holdAttempts(server.origin, 1, 1);
    expect(await attempts.attempt(0)).toBe("held");
    expect(await attempts.attempt(0)).toBe("sold out");
    await expect(attempts.attempt(0)).rejects.toThrow("409");
    expect(new Set(bodies).size).toBe(3);
    expect(bodies[0]).toMatch(
      /^\{"runId":"00000000-0000-7000-8000-000000000000","places":1,"idempotencyKey":"[\w-]{36}"\}$/u,
    );
  });
});
