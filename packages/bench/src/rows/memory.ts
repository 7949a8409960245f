import { type ClientRequest, get } from "node:http";
import { openRecording } from "../academy/recorded-work.ts";
import { queryPath } from "../contenders/query-path.ts";
import { startLectern, startPlainServer, startTogether } from "../contenders/servers.ts";
import type { ServerProcess } from "../contenders/server-process.ts";
import { residentMebibytes } from "../machine/memory.ts";
import type { Contender, PreparedRow } from "../sample.ts";
import { type Bench, type Row, warmUpLength, sampleOfValue } from "./bench.ts";

/** What an instance takes once it has served visitors, and what a thousand of them take who watch a run. */

const SUBSCRIPTIONS = 1000;
const VISITED = ["/trpc/system.info"];

const BARE = "bare";
const AT_REST = "lectern";
const WATCHED = `lectern, ${SUBSCRIPTIONS.toLocaleString("en")} watching`;

export const memoryRow: Row = {
  name: "memory",
  title: "Memory of an instance (resident set), after visitors and with some who watch a run",
  unit: "MiB",
  prepare,
};

async function prepare(bench: Bench): Promise<PreparedRow> {
  const { academy, processors } = bench;
  const runId = await someRun(academy.catalogueUrl);
  const place = { databaseUrl: academy.catalogueUrl, folder: academy.folder, processors };
  await using starting = new AsyncDisposableStack();
  const { bare, atRest, watched } = await startTogether(starting, {
    bare: startPlainServer("bare", place, {}),
    atRest: startLectern(place, { keepsAnswers: true }),
    watched: startLectern(place, { keepsAnswers: true }),
  });
  const streams = starting.use(
    await watch(watched.origin, queryPath("runs.watch", { runIds: [runId] })),
  );
  const started = starting.move();
  return {
    contenders: [
      memoryOf(bench, BARE, bare, VISITED),
      memoryOf(bench, AT_REST, atRest, VISITED),
      memoryOf(bench, WATCHED, watched, VISITED, () => streams.requireOpen()),
    ],
    comparisons: [
      { of: AT_REST, to: BARE },
      { of: WATCHED, to: AT_REST },
    ],
    notes: [
      "What is compared is memory: less is better.",
      `What ${SUBSCRIPTIONS.toLocaleString("en")} subscriptions take is the difference of the last two.`,
    ],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function someRun(databaseUrl: string): Promise<string> {
  await using recording = await openRecording(databaseUrl);
  const { answer } = await recording.record((caller) => caller.runs.upcoming({ limit: 1 }));
  const [run] = answer.items;
  if (run === undefined) throw new Error("There is no run to watch");
  return run.id;
}

/**
 * A contender whose memory is measured, in mebibytes.
 *
 * @param paths what visitors ask it for before
 * @param check throws where it is not in the state that is to be measured
 */
export function memoryOf(
  bench: Bench,
  name: string,
  { pid, origin }: ServerProcess,
  paths: string[],
  check: () => void = () => {},
): Contender {
  async function visit(): Promise<void> {
    await bench.load.run({ task: { kind: "get", origin, paths }, ...warmUpLength(bench.timing) });
  }
  return {
    name,
    warmUp: visit,
    async measure() {
      await visit();
      check();
      return sampleOfValue(residentMebibytes(pid), { measured: 1 });
    },
  };
}

interface Streams extends AsyncDisposable {
  /** @throws Error when one of them has ended */
  requireOpen(): void;
}

/** Opens event streams, each on a connection of its own, and reads what comes. */
async function watch(origin: string, path: string): Promise<Streams> {
  let ended = 0;
  const requests: ClientRequest[] = [];
  const open = () =>
    new Promise<void>((resolve, reject) => {
      const headers = { accept: "text/event-stream" };
      const request = get(`${origin}${path}`, { agent: false, headers }, (response) => {
        response.on("close", () => (ended += 1)).resume();
        if (response.statusCode === 200) resolve();
        else reject(new Error(`A stream was answered by ${response.statusCode}`));
      });
      request.on("error", reject);
      requests.push(request);
    });
  await Promise.all(Array.from({ length: SUBSCRIPTIONS }, open));
  return {
    requireOpen() {
      if (ended > 0) throw new Error(`${ended} of ${SUBSCRIPTIONS} streams have ended`);
    },
    [Symbol.asyncDispose]() {
      for (const request of requests) request.destroy();
      return Promise.resolve();
    },
  };
}
