import { connect } from "node:net";
import { appRouter } from "@lectern/api/app-router";
import { createTestRun, testContext } from "@lectern/api/testing/factories";
import { useTestDatabase } from "@lectern/database/testing/database";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Instance, type InstanceOptions, startInstance } from "./support/instance.ts";

/** The event streams of our own making, as they go over the wire. */

const database = useTestDatabase();

async function start(options: Partial<InstanceOptions> = {}): Promise<Instance> {
  const instance = await startInstance({ databaseUrl: database().url, ...options });
  onTestFinished(() => instance.stop());
  await expect.poll(() => instance.live.isListening()).toBe(true);
  return instance;
}

function addressOf(path: string, input: unknown): string {
  return `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
}

interface WireEvent {
  readonly [field: string]: string;
}

/** The events that are complete in a text, by their fields. */
function eventsIn(text: string): WireEvent[] {
  return text
    .slice(0, Math.max(0, text.lastIndexOf("\n\n")))
    .split("\n\n")
    .map((block) => block.split("\n").filter((line) => line.includes(":")))
    .filter((lines) => lines.length > 0)
    .map((lines) =>
      Object.fromEntries(
        lines.map((line) => {
          const [name = "", ...value] = line.split(":");
          return [name, value.join(":").trim()];
        }),
      ),
    );
}

/** Reads a stream until it has so many events, or what is looked for, or is over, and closes it then. */
async function read(
  response: Response,
  enough: number | ((events: WireEvent[]) => boolean),
): Promise<WireEvent[]> {
  const isEnough =
    typeof enough === "number" ? (events: WireEvent[]) => events.length >= enough : enough;
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (reader !== undefined && !isEnough(eventsIn(text))) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return eventsIn(text);
}

/** What tRPC's own adapter answers to the same request. */
async function stock({ db, live }: Instance, url: string, init: RequestInit): Promise<Response> {
  const requestId = new Headers(init.headers).get("x-request-id") ?? "";
  return fetchRequestHandler({
    endpoint: "/trpc",
    req: new Request(url, init),
    router: appRouter,
    createContext: () => ({ ...testContext(db), live, changed: live.changed, requestId }),
  });
}

describe("an event stream", () => {
  it("can be read by tRPC's own client: it has what the stock adapter sends", async () => {
    const instance = await start();
    const { id } = await createTestRun(instance.db);
    const other = await createTestRun(instance.db);
    const { url } = instance;
    const both = { runIds: [id, other.id] };
    const [, , last] = await read(await fetch(`${url}${addressOf("runs.watch", both)}`), 3);
    const resumed = { "last-event-id": last?.["id"] ?? "" };
    const stale = { "last-event-id": "12345678" };
    const asked: [address: string, headers: Record<string, string>, events: number][] = [
      [addressOf("runs.watch", { runIds: [id] }), {}, 2],
      [addressOf("runs.watch", both), {}, 3],
      [addressOf("runs.watch", { runIds: [id] }), stale, 2],
      [addressOf("runs.watch", both), resumed, 1],
      [`${addressOf("runs.watch", { runIds: [id] })}&lastEventId=12345678`, {}, 2],
      [addressOf("runs.watch", { runIds: [crypto.randomUUID()] }), {}, 2],
      [addressOf("runs.watch", { runIds: ["x"] }), {}, 2],
      [addressOf("runs.watch", {}), {}, 2],
      [addressOf("runs.watch", null), stale, 2],
      ["/trpc/runs.watch", {}, 2],
      ["/trpc/runs.watch", stale, 2],
      ["/trpc/runs.watch?input=%7B", {}, 2],
    ];
    for (const [address, headers, count] of asked) {
      const init = { headers: { "x-request-id": "the-same-for-both", ...headers } };
      const ours = await fetch(`${url}${address}`, init);
      const theirs = await stock(instance, `${url}${address}`, init);
      const seen = [await read(ours, count), await read(theirs, count)].map((events) =>
        events.map((event) => ({ ...event, ...(event["event"] === "connected" && { data: "" }) })),
      );
      expect({ address, events: seen[0] }).toEqual({ address, events: seen[1] });
      expect(seen[0]).toHaveLength(count);
      expect(ours.status).toBe(theirs.status);
      for (const name of ["content-type", "x-accel-buffering"]) {
        expect(ours.headers.get(name)).toBe(theirs.headers.get(name));
      }
    }
    await expect.poll(() => instance.live.watcherCount()).toBe(0);
  });

  it("is kept by nobody, and carries the headers of every answer", async () => {
    const { url, db } = await start();
    const { id } = await createTestRun(db);
    const { headers, body } = await fetch(`${url}${addressOf("runs.watch", { runIds: [id] })}`);
    await body?.cancel();
    expect(headers.get("cache-control")).toBe("no-store, no-transform");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/u);
  });

  it("is asked for alone, and by GET", async () => {
    const { url } = await start();
    const json = { "content-type": "application/json" };
    const posted = await fetch(`${url}/trpc/runs.watch`, {
      method: "POST",
      body: JSON.stringify({ runIds: [crypto.randomUUID()] }),
      headers: json,
    });
    const [, refusal] = await read(posted, 2);
    expect(refusal).toMatchObject({ event: "serialized-error" });
    expect(refusal?.["data"]).toContain("METHOD_NOT_SUPPORTED");
    const batched = await fetch(`${url}/trpc/runs.watch,runs.watch?batch=1&input={}`);
    expect(await batched.text()).toContain("Cannot batch subscription calls");
  });

  it("is one line in the log once it is over, whoever ended it", async () => {
    const instance = await start();
    const { id } = await createTestRun(instance.db);
    const address = `${instance.url}${addressOf("runs.watch", { runIds: [id] })}`;
    async function linesOf(requestId: string, end: () => Promise<void>): Promise<unknown[]> {
      const answer = await fetch(address, { headers: { "x-request-id": requestId } });
      if (requestId === "left-by-client") await read(answer, 2);
      else await answer.body?.getReader().read();
      await end();
      const lines = () =>
        instance
          .log()
          .split("\n")
          .filter((line) => line.includes(requestId));
      await expect.poll(lines).toHaveLength(1);
      return lines().map((line): unknown => JSON.parse(line));
    }
    const line = { procedures: "runs.watch", route: "/trpc/:path", status: 200, msg: "request" };
    expect(await linesOf("left-by-client", async () => {})).toMatchObject([line]);
    expect(await linesOf("ended-by-server", () => instance.app.close())).toMatchObject([line]);
    expect(instance.log()).not.toContain(id);
  });
});

describe("time-outs for connections where nothing happens", () => {
  /** Makes the server close connections on which nothing went on for so long. */
  async function startImpatient(pingIntervalMs: number, timeoutMs: number): Promise<Instance> {
    const instance = await start({ pingIntervalMs });
    instance.app.server.setTimeout(timeoutMs);
    instance.app.server.requestTimeout = timeoutMs;
    return instance;
  }

  it("don't touch a stream, whose pings show that it is alive", async () => {
    const instance = await startImpatient(200, 1500);
    const { id } = await createTestRun(instance.db);
    const open = () => fetch(`${instance.url}${addressOf("runs.watch", { runIds: [id] })}`);
    const [pinged, told] = [await open(), await open()];
    const reading = read(
      told,
      (events) => events.at(-1)?.["data"]?.includes('"placesLeft":9') === true,
    );
    // For longer than twice the time-out nothing happens but pings.
    const events = await read(pinged, 2 + 16);
    expect(events.slice(2).map(({ event }) => event)).toEqual(Array(16).fill("ping"));
    await instance.client.bookings.hold.mutate({
      runId: id,
      places: 1,
      idempotencyKey: "0123456789abcdef",
    });
    const heard = await reading;
    expect(heard.filter(({ event }) => event !== "ping")).toHaveLength(3);
    expect(heard.length).toBeGreaterThan(16);
  });

  it("would end it without them", async () => {
    const instance = await startImpatient(60_000, 1000);
    const { id } = await createTestRun(instance.db);
    const answer = await fetch(`${instance.url}${addressOf("runs.watch", { runIds: [id] })}`);
    await expect(read(answer, 3)).rejects.toThrow(/terminated/u);
    await expect.poll(() => instance.live.watcherCount()).toBe(0);
  });
});

it("a client that leaves while its question is looked at leaves nothing behind", async () => {
  const instance = await start();
  const { id } = await createTestRun(instance.db);
  const { port } = instance;
  for (let round = 0; round < 20; round += 1) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(`GET ${addressOf("runs.watch", { runIds: [id] })} HTTP/1.1\r\nHost: x\r\n\r\n`);
    setImmediate(() => socket.destroy());
  }
  const lines = () => instance.log().match(/"runs\.watch"/gu)?.length ?? 0;
  await expect.poll(() => instance.live.watcherCount()).toBe(0);
  expect(instance.log()).not.toContain("failed");
  expect(lines()).toBeLessThanOrEqual(20);
});
