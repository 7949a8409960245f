import { rm } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../connect.ts";
import { startEmbeddedServer } from "../embedded/server.ts";
import { listen, notify } from "../listen.ts";
import { useTestDatabase } from "../testing/database.ts";
import { makeTestDirectory } from "../testing/test-directory.ts";
import { waitFor } from "../testing/wait-for.ts";
import { startProxy } from "./proxy.ts";
import { expectNothingUnhandled, within } from "./unhandled.ts";

const database = useTestDatabase();

expectNothingUnhandled();

test("a listener whose cable was cut notices by itself, and hears again once the way is free", async () => {
  await using proxy = await startProxy(database().url);
  const heard: string[] = [];
  const lost: string[] = [];
  const listener = listen(database().db, {
    url: proxy.url,
    channels: ["cable"],
    onNotice: (_, payload) => heard.push(payload),
    onLost: ({ message }) => lost.push(message),
    heartbeatMs: 50,
    heartbeatTimeoutMs: 100,
  });
  onTestFinished(() => listener.close());
  await waitFor(() => listener.isListening);
  const { accepted } = proxy;

  proxy.blackHole();
  await waitFor(() => !listener.isListening);
  expect(lost).toEqual(["No answer within 100 ms"]);
  await notify(database().db, "cable", ["into the hole"]);
  proxy.restore();
  await waitFor(() => listener.isListening, 10_000);
  await notify(database().db, "cable", ["through again"]);
  await waitFor(() => heard.length > 0);
  expect(heard).toEqual(["through again"]);
  expect(proxy.accepted).toBeGreaterThan(accepted);
});

test("a listener comes back after PostgreSQL was restarted, and ends at once while that is down", async () => {
  const directory = await makeTestDirectory();
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const first = await startEmbeddedServer({ directory });
  const db = await connect({ url: first.url, poolSize: 1 });
  onTestFinished(() => db.close({ timeoutMs: 0 }));
  let listening = 0;
  const heard: string[] = [];
  const listener = listen(db, {
    channels: ["restart"],
    onNotice: (_, payload) => heard.push(payload),
    onListening: () => {
      listening += 1;
    },
  });
  await waitFor(() => listener.isListening);

  await first.stop();
  await waitFor(() => !listener.isListening);
  const second = await startEmbeddedServer({ directory, port: Number(new URL(first.url).port) });
  await waitFor(() => listening === 2, 10_000);
  await notify(db, "restart", ["back"]);
  await waitFor(() => heard.length > 0);

  await second.stop();
  await waitFor(() => !listener.isListening);
  await within(1000, listener.close());
  expect(heard).toEqual(["back"]);
});
