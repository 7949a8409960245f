import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTestRun } from "@lectern/api/testing/factories";
import { createClient, newIdempotencyKey } from "@lectern/client";
import { createTestDatabase } from "@lectern/database/testing/database";
import { expect, it, onTestFinished } from "vitest";
import { freePort, startLectern, temporaryFolder } from "./support/lectern-process.ts";
import type { ViewersOrder, ViewersSaw } from "./support/viewers.ts";

/**
 * Thousands of viewers of one run, on one server: `VIEWERS=10000 npx vitest run viewers`. Prints its figures
 * as JSON on one line.
 */

const WANTED = Number(process.env["VIEWERS"] ?? 5000);
/** Files that a process has open beside its viewers. */
const OTHER_FILES = 200;
const SINGLE_BOOKINGS = 5;
const BURST = 60;
const CAPACITY = 500;

const VIEWERS = fileURLToPath(new URL("./support/viewers.ts", import.meta.url));

/** As many as a process may have connections, where the system tells. */
function viewersToOpen(): number {
  try {
    const limit = /^Max open files\s+\d+\s+(\d+)/mu.exec(readFileSync("/proc/self/limits", "utf8"));
    return Math.min(WANTED, Number(limit?.[1] ?? 1024) - OTHER_FILES);
  } catch {
    return Math.min(WANTED, 1000);
  }
}

/** Memory of a process in megabytes, and the CPU seconds it has used; `undefined` where the system does not tell. */
function usageOf(pid: number | undefined): { megabytes: number; cpuSeconds: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/mu.exec(status) ?? [];
    const times = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    const ticks = Number(times[11]) + Number(times[12]);
    return { megabytes: Number(kilobytes) / 1024, cpuSeconds: ticks / 100 };
  } catch {
    return undefined;
  }
}

function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

/** Tells the viewers what to do. @returns what they have seen, once all have */
async function order(viewers: ChildProcess, what: ViewersOrder): Promise<ViewersSaw> {
  const answer = once(viewers, "message") as Promise<[ViewersSaw]>;
  viewers.send(what);
  const [saw] = await answer;
  return saw;
}

it("thousands of viewers of one server all see what is left, soon", async () => {
  await using folder = await temporaryFolder();
  await using database = await createTestDatabase();
  const { id } = await createTestRun(database.db, { capacity: CAPACITY });
  const port = await freePort();
  const server = startLectern({
    LECTERN_DATA: folder.path,
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: database.url,
  });
  onTestFinished(() => void server.child.kill("SIGKILL"));
  await server.ready();
  const client = createClient({ url: `http://127.0.0.1:${port}` });
  async function hold(): Promise<number> {
    await client.bookings.hold.mutate({
      runId: id,
      places: 1,
      idempotencyKey: newIdempotencyKey(),
    });
    return performance.timeOrigin + performance.now();
  }
  let placesLeft = CAPACITY;
  const viewers = fork(VIEWERS, { stdio: "inherit" });
  onTestFinished(() => void viewers.kill("SIGKILL"));
  const count = viewersToOpen();
  const input = encodeURIComponent(JSON.stringify({ runIds: [id] }));
  const address = `/trpc/runs.watch?input=${input}`;

  // What a server needs for its first connections it needs once.
  await hold();
  placesLeft -= 1;
  const before = usageOf(server.child.pid);
  const begun = performance.now();
  const opened = await order(viewers, { kind: "open", port, address, count });
  const openingMs = performance.now() - begun;
  expect(opened).toMatchObject({ placesLeft, events: count, lost: 0, disordered: 0 });
  const open = usageOf(server.child.pid);

  const latencies: number[] = [];
  for (let booking = 0; booking < SINGLE_BOOKINGS; booking += 1) {
    placesLeft -= 1;
    const seen = order(viewers, { kind: "await", placesLeft });
    const committedAt = await hold();
    latencies.push((await seen).at - committedAt);
  }
  const told = usageOf(server.child.pid);

  placesLeft -= BURST;
  const seen = order(viewers, { kind: "await", placesLeft });
  const burstBegun = performance.now();
  const committed = await Promise.all(Array.from({ length: BURST }, hold));
  const burstMs = performance.now() - burstBegun;
  const last = await seen;
  expect(last).toMatchObject({ placesLeft, lost: 0, disordered: 0 });
  const burstEvents = last.events / count - 1 - SINGLE_BOOKINGS;

  const stopping = performance.now();
  server.child.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  const stoppingMs = performance.now() - stopping;
  const thousands = count / 1000;
  const figures = {
    viewers: count,
    openingMs: rounded(openingMs),
    ...(before &&
      open &&
      told && {
        megabytesPerThousand: rounded((open.megabytes - before.megabytes) / thousands, 1),
        cpuMsPerViewerOpened: rounded(((open.cpuSeconds - before.cpuSeconds) * 1000) / count, 2),
        cpuMicrosecondsPerEvent: rounded(
          ((told.cpuSeconds - open.cpuSeconds) * 1e6) / (count * SINGLE_BOOKINGS),
        ),
      }),
    commitToLastViewerMs: latencies.map((ms) => rounded(ms)),
    burst: {
      bookings: BURST,
      bookingMs: rounded(burstMs),
      eventsPerViewer: rounded(burstEvents, 1),
      lastCommitToLastViewerMs: rounded(last.at - Math.max(...committed)),
    },
    stoppingMs: rounded(stoppingMs),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  expect(Math.max(...latencies)).toBeLessThan(10_000);
  expect(figures.burst.lastCommitToLastViewerMs).toBeLessThan(10_000);
  expect(stoppingMs).toBeLessThan(10_000);
}, 180_000);
