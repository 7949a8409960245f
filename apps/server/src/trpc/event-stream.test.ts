import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { EventStream, formatEvent } from "./event-stream.ts";
import { Heartbeat } from "./heartbeat.ts";

/** A stream to a client that is in the test's hands. */
async function openStream() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const [, response] = (await once(server, "request")) as [unknown, ServerResponse];
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  const stream = new EventStream(response);
  stream.open({ "x-other": "1" });
  return { stream, socket, response };
}

it("writes events as the specification has them", () => {
  expect(formatEvent({ data: '{"a":1}', id: "x" })).toBe('data: {"a":1}\nid: x\n\n');
  expect(formatEvent({ event: "ping", data: "" })).toBe("event: ping\ndata: \n\n");
});

it("waits for a client that does not read, and no longer than until that is gone", async () => {
  const { stream, socket, response } = await openStream();
  socket.pause();
  const data = "x".repeat(100_000);
  let written = 0;
  async function tell(): Promise<void> {
    while (!response.destroyed) {
      stream.write({ data });
      written += 1;
      await stream.drained();
    }
  }
  const telling = tell();
  await expect.poll(() => response.writableNeedDrain).toBe(true);
  const heard = written;
  // A ping on top would only fill memory.
  for (let ping = 0; ping < 1000; ping += 1) stream.ping();
  expect(response.writableLength).toBeLessThan(2 * data.length);
  socket.resume();
  await expect.poll(() => written).toBeGreaterThan(heard + 100);
  socket.destroy();
  await telling;
  stream.write({ data });
  stream.ping();
  await stream.drained();
  stream.end();
});

it("is pinged once a round, until it is taken out", async () => {
  const { stream, socket } = await openStream();
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const pings = () => text.match(/event: ping\n/gu)?.length ?? 0;
  const heartbeat = new Heartbeat(40);
  onTestFinished(() => heartbeat.stop());
  const takeOut = heartbeat.add(stream);
  await expect.poll(pings).toBeGreaterThanOrEqual(3);
  takeOut();
  stream.write({ data: "last" });
  await expect.poll(() => text).toContain("last");
  const [, after = ""] = text.split("last");
  const others = await openStream();
  heartbeat.add(others.stream);
  let heard = "";
  others.socket.on("data", (chunk: Buffer) => (heard += chunk.toString()));
  await expect.poll(() => heard.match(/event: ping\n/gu)?.length ?? 0).toBeGreaterThanOrEqual(3);
  expect(after).not.toContain("ping");
  expect(text.split("last")[1]).toBe(after);
});
