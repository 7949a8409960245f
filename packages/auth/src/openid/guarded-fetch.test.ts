import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AddressRefused, guardedFetch } from "./guarded-fetch.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let port = 0;
let answer: Answer;
let asked: string[] = [];
let connections = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port");
  port = address.port;
});
beforeEach(() => {
  asked = [];
  connections = 0;
  answer = (_request, response) => response.end("here");
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const GET = { method: "GET", headers: {} };
const guarded = (url: string) => guardedFetch(url, GET, { allowsLocal: false });
const local = (url: string, sent: Parameters<typeof guardedFetch>[1] = GET) =>
  guardedFetch(url, sent, { allowsLocal: true });

describe("fetching from an address that somebody told", () => {
  it.each([
    "https://localhost:PORT/",
    "https://127.0.0.1:PORT/",
    "https://127.1:PORT/",
    "https://0x7f000001:PORT/",
    "https://2130706433:PORT/",
    "https://0:PORT/",
    "https://[::1]:PORT/",
    "https://[::ffff:127.0.0.1]:PORT/",
    "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/",
    "https://[fd00:ec2::254]/",
  ])("does not go to %s", async (url) => {
    await expect(guarded(url.replace("PORT", String(port)))).rejects.toThrow(AddressRefused);
    expect(connections).toBe(0);
  });

  it.each([
    "http://example.com/",
    "http://localhost:PORT/",
    "ftp://example.com/",
    "file:///etc/passwd",
  ])("does not go to %s, which is not over https", async (url) => {
    await expect(guarded(url.replace("PORT", String(port)))).rejects.toThrow(AddressRefused);
    expect(connections).toBe(0);
  });

  it("goes to this machine where that is allowed, and to no other private network", async () => {
    for (const host of ["localhost", "127.0.0.1"]) {
      const response = await local(`http://${host}:${port}/x`);
      expect([response.status, await response.text()]).toEqual([200, "here"]);
    }
    expect(asked).toEqual(["GET /x", "GET /x"]);
    for (const url of ["https://10.0.0.1/", "http://10.0.0.1/", `http://127.0.0.2:${port}/`]) {
      await expect(local(url)).rejects.toThrow(AddressRefused);
    }
  });

  it("sends what it is given, and hands back what came", async () => {
    answer = (request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        response.writeHead(400, { "content-type": "application/json", "x-two": ["a", "b"] });
        response.end(
          JSON.stringify([request.headers["content-length"], request.headers["x-a"], body]),
        );
      });
    };
    const sent = { method: "POST", headers: { "x-a": "1" }, body: "code=ø" };
    const response = await local(`http://localhost:${port}/token`, sent);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-two")).toBe("a, b");
    expect(await response.json()).toEqual(["7", "1", "code=ø"]);
  });

  it("does not follow where it is sent on to", async () => {
    answer = (_request, response) => {
      response.writeHead(302, { location: "http://169.254.169.254/" });
      response.end();
    };
    expect((await local(`http://localhost:${port}/`)).status).toBe(302);
    expect(asked).toHaveLength(1);
  });

  it("reads no more than a megabyte", async () => {
    answer = (_request, response) => response.end(Buffer.alloc(1024 * 1024 + 1));
    await expect(local(`http://localhost:${port}/`)).rejects.toThrow("too large");
  });

  it("gives up when it is told to, and when the connection breaks", async () => {
    const controller = new AbortController();
    answer = (_request, response) => {
      response.write("half of");
      controller.abort();
    };
    const { signal } = controller;
    await expect(local(`http://localhost:${port}/`, { ...GET, signal })).rejects.toThrow("aborted");
    answer = (request) => void request.socket.destroy();
    await expect(local(`http://localhost:${port}/`)).rejects.toThrow("socket hang up");
  });
});
