import { connect } from "node:net";
import { MAX_BATCH_SIZE } from "@lectern/contract/cacheable";
import { describe, expect, it } from "vitest";
import { createPerson, key, signedIn } from "../support/people.ts";
import { openBrowser } from "../support/test-browser.ts";
import { useTestServer } from "../support/test-server.ts";

/** Requests that ask too much, are not right, are no requests, or say that they come from elsewhere. */

const LIMITS = { perMinute: 100, effectsPerMinute: 10, streams: 3 };
const server = useTestServer({ trustedProxies: ["127.0.0.1"], callLimits: LIMITS });

function from(address: string): Record<string, string> {
  return { "x-forwarded-for": address };
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server().url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

/** Sends bytes as they are. @returns what came back until the server closed, or nothing more came */
function raw(bytes: string, waitMs = 1500): Promise<string> {
  return new Promise((resolve) => {
    const { port, hostname } = new URL(server().url);
    let text = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes, "latin1"));
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.on("data", (part) => {
      text += part.toString("latin1");
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}

describe("a batch", () => {
  it(`of more than ${MAX_BATCH_SIZE} calls is refused as a whole`, async () => {
    for (const calls of [MAX_BATCH_SIZE + 1, 200]) {
      const path = Array.from({ length: calls }, () => "system.info").join(",");
      const response = await fetch(`${server().url}/trpc/${path}?batch=1`);
      expect([400, 404, 413, 414]).toContain(response.status);
    }
  });

  it("counts as its calls: many guesses in one request are many guesses", async () => {
    const owner = await createPerson(server());
    const attacker = openBrowser({ url: server().url });
    const guesses = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        attacker.client.account.signIn.mutate({
          email: owner.email,
          password: `guess-${index}`,
          ...key(),
        }),
      ),
    );
    const codes = guesses.map((guess) => {
      const reason: unknown = guess.status === "rejected" ? guess.reason : undefined;
      return typeof reason === "object" && reason !== null && "code" in reason
        ? reason.code
        : "none";
    });
    expect(codes.filter((code) => code === "SignInFailed")).toHaveLength(10);
    expect(codes.filter((code) => code === "RateLimited")).toHaveLength(10);
  });
});

describe("whoever asks too much", () => {
  it("is told when to come again, by call and not by request", async () => {
    const path = Array.from({ length: 20 }, () => "system.info").join(",");
    const ask = (address: string) =>
      fetch(`${server().url}/trpc/${path}?batch=1`, { headers: from(address) });
    for (let request = 0; request < LIMITS.perMinute / 20; request += 1) {
      expect((await ask("203.0.113.1")).status).toBe(200);
    }
    const refused = await ask("203.0.113.1");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      error: { data: { domain: { code: "RateLimited" } } },
    });
    expect((await ask("203.0.113.2")).status).toBe(200);
  });

  it("can't set places aside, or have mails sent, without end", async () => {
    const statuses: number[] = [];
    for (let index = 0; index < LIMITS.effectsPerMinute + 5; index += 1) {
      const hold = { runId: crypto.randomUUID(), places: 1, ...key() };
      const response = await post(
        "/trpc/bookings.hold",
        JSON.stringify(hold),
        from("203.0.113.40"),
      );
      statuses.push(response.status);
    }
    expect(statuses.slice(0, LIMITS.effectsPerMinute)).not.toContain(429);
    expect(statuses).toContain(429);
    expect((await post("/trpc/system.info", "{}", from("203.0.113.40"))).status).not.toBe(429);
  });

  it("stands in the log with who it was, as whoever is refused does", async () => {
    const person = await createPerson(server());
    const browser = await signedIn(server(), person);
    await browser.client.people.list.query({}).catch(() => {});
    const lines = server()
      .log()
      .split("\n")
      .filter((line) => line.includes('"refused"'));
    expect(lines.join("\n")).toContain('"code":"RateLimited"');
    expect(lines.some((line) => line.includes(`person:${person.id}`))).toBe(true);
    expect(lines.join("\n")).not.toContain(person.email);
  });

  it("is one caller within a network of IPv6, however many addresses it has", async () => {
    const ask = (address: string) =>
      fetch(`${server().url}/trpc/system.info`, { headers: from(address) }).then(
        ({ status }) => status,
      );
    const statuses: number[] = [];
    for (let index = 0; index < LIMITS.perMinute + 20; index += 1) {
      statuses.push(await ask(`2001:db8:1:2::${index.toString(16)}`));
    }
    // Some were paid for meanwhile, as time went on.
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(await ask("2001:db8:1:3::1")).toBe(200);
  });

  it("can't keep any number of streams open", async () => {
    const { items } = await server().client.runs.upcoming.query({ limit: 1 });
    const question = encodeURIComponent(JSON.stringify({ runIds: items.map(({ id }) => id) }));
    const open = (signal: AbortSignal) =>
      fetch(`${server().url}/trpc/runs.watch?input=${question}`, {
        headers: { accept: "text/event-stream", ...from("203.0.113.9") },
        signal,
      }).then(({ status }) => status);
    const first = new AbortController();
    const opened: number[] = [];
    for (let index = 0; index < LIMITS.streams; index += 1) opened.push(await open(first.signal));
    expect(opened).toEqual(Array(LIMITS.streams).fill(200));
    const second = new AbortController();
    expect(await open(second.signal)).toBe(429);
    first.abort();
    await expect.poll(() => open(second.signal)).toBe(200);
    second.abort();
  });
});

describe("where a request comes from", () => {
  it("is taken from the nearest proxy that is not trusted, whatever the client adds", async () => {
    // The proxy appends what it saw; what stands before was sent by the client.
    const ask = (spoofed: string) =>
      fetch(`${server().url}/trpc/system.info`, {
        headers: { "x-forwarded-for": `${spoofed}, 203.0.113.77` },
      }).then(({ status }) => status);
    const statuses: number[] = [];
    for (let index = 0; index < LIMITS.perMinute + 20; index += 1) {
      statuses.push(await ask(`198.51.100.${index % 250}`));
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  });

  it.each([
    "127.0.0.1, evil",
    "not an address",
    "'; DROP TABLE person; --",
    "203.0.113.5, 127.0.0.1",
  ])("may be said as %j, and breaks nothing", async (forwarded) => {
    const response = await fetch(`${server().url}/trpc/system.info`, {
      headers: { "x-forwarded-for": forwarded, "x-real-ip": "10.0.0.1", forwarded: "for=10.0.0.1" },
    });
    expect([200, 429]).toContain(response.status);
  });
});

describe("a request without a proxy in front", () => {
  const bare = useTestServer({ callLimits: LIMITS });

  it("can't say where it comes from at all", async () => {
    const owner = await createPerson(bare());
    const browser = openBrowser({ url: bare().url, address: "203.0.113.200" });
    await browser.client.account.signIn
      .mutate({ email: owner.email, password: "x", ...key() })
      .catch(() => {});
    const { items } = await bare().staff.audit.list.query({ entityId: owner.id });
    expect(items.map(({ address }) => address)).toEqual(["127.0.0.1"]);
  });

  it("can't say for which host it is either: links and cookies don't follow it", async () => {
    const owner = await createPerson(bare());
    const browser = await signedIn(bare(), owner);
    expect(browser.setCookies.join()).not.toMatch(/domain=/iu);
  });
});

describe("a request that is none", () => {
  it.each([
    ["an unknown method", "BREW /trpc/system.info HTTP/1.1\r\nHost: x\r\n\r\n"],
    [
      "two lengths",
      "POST /trpc/enquiries.send HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}",
    ],
    [
      "a length and chunks",
      "POST /trpc/enquiries.send HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a line break in a header", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\nSet-Cookie: b\r\n\r\n"],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["headers without end", `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${"a".repeat(70_000)}\r\n\r\n`],
    ["nothing like HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01"],
  ])("%s is answered with an error, or not at all", async (_, bytes) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(/^(?:HTTP\/1\.1 [45]\d\d |$)/u);
    expect(answer).not.toMatch(/HTTP\/1\.1 50[0-2]/u);
    expect(answer).not.toMatch(/node_modules|at .*\.ts/u);
    expect((await fetch(`${server().url}/healthz`)).status).toBe(200);
  });

  it.each(["{", "[[[", '{"a":', "\u0000", "NaN", '{"a":1}{"b":2}', `[${"[".repeat(10_000)}`])(
    "a body of %j is answered with 400",
    async (body) => {
      expect((await post("/trpc/enquiries.send", body)).status).toBe(400);
    },
  );

  it.each([
    "%",
    "%00",
    "%E0%A4%A",
    "a%2F..%2F..",
    "constructor",
    "__proto__",
    "account.__proto__",
    "toString",
  ])("there is no procedure called %j", async (path) => {
    const response = await fetch(`${server().url}/trpc/${path}`);
    expect([400, 404, 405]).toContain(response.status);
  });

  it("a stray % in a cookie breaks nothing, and two of a name are none", async () => {
    const browser = await signedIn(server(), await createPerson(server()));
    const session = browser.cookies.get("lectern_session") ?? "";
    const ask = async (cookie: string) => {
      const response = await fetch(`${server().url}/trpc/account.me`, {
        headers: { cookie, "x-lectern-client": "x" },
      });
      return { status: response.status, text: await response.text() };
    };
    expect((await ask(`a=%; lectern_session=${session}`)).text).toContain("Grace Hopper");
    for (const cookie of [
      "lectern_session=%",
      `lectern_session=${session}; lectern_session=x`,
      "lectern_session=",
    ]) {
      const { status, text } = await ask(cookie);
      expect(status).toBe(200);
      expect(text).toContain('"me":null');
    }
  });
});

describe("a body", () => {
  it("that is too large is refused before it is read", async () => {
    const response = await post(
      "/trpc/enquiries.send",
      JSON.stringify({ message: "x".repeat(9_000_000) }),
    );
    expect(response.status).toBe(413);
  });

  it("that is too deep is refused, and the server goes on", async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    expect([400, 413]).toContain((await post("/trpc/enquiries.send", deep)).status);
    expect((await fetch(`${server().url}/healthz`)).status).toBe(200);
  });
});
