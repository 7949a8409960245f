import { queryPath } from "../contenders/query-path.ts";
import { startLectern, startTogether } from "../contenders/servers.ts";
import type { ServerProcess } from "../contenders/server-process.ts";
import type { Contender, PreparedRow } from "../sample.ts";
import type { Task } from "../load/messages.ts";
import { memoryOf } from "./memory.ts";
import { steadily } from "./open-loop.ts";
import {
  type Bench,
  type Row,
  measuredLength,
  sampleOf,
  warmUpLength,
  sampleOfValue,
} from "./bench.ts";

/**
 * How what Lectern costs grows with an academy: one server on an academy of a thousand runs, one on a million. Its catalogue grows
 * as well, from 84 courses to 5,060. No answers are kept.
 */

const SMALL = 1000;
const LARGE = { thorough: 1_000_000, quick: 20_000 };

const SMALL_NAME = named(SMALL);

interface Question {
  readonly name: string;
  readonly title: string;
  readonly path: string;
}

const UPCOMING = queryPath("runs.upcoming", { limit: 20 });

const QUESTIONS: readonly Question[] = [
  {
    name: "size-list",
    title: "The first page of the catalogue",
    path: queryPath("courses.list", { limit: 20 }),
  },
  {
    name: "size-upcoming",
    title: "The next twenty dates",
    path: UPCOMING,
  },
  {
    name: "size-search",
    title: "Four courses that a word finds",
    path: queryPath("courses.list", { query: "security", limit: 4 }),
  },
  {
    name: "size-facets",
    title: "How many courses each choice would leave",
    path: queryPath("courses.facets", {}),
  },
];

const PATHS = QUESTIONS.map(({ path }) => path);

/** The rows about growth with data. */
export const sizeRows: readonly Row[] = [
  ...QUESTIONS.map(({ name, title, path }): Row => ({
    name,
    title: `${title}, asked by one client: in a small academy and in a large one`,
    unit: "ms",
    isLong: true,
    prepare: (bench) => prepare(bench, (name, server) => answered(bench, name, server, path)),
  })),
  {
    name: "size-load",
    title:
      "The next twenty dates, asked for at a steady rate of 50 % of what each can do: p99, in a small academy and in a large one",
    unit: "ms",
    isLong: true,
    prepare: (bench) =>
      prepare(bench, (name, server) => steadily(bench, name, server, [UPCOMING], 0.5)),
  },
  {
    name: "size-memory",
    title:
      "Memory of an instance (resident set) after visitors: in a small academy and in a large one",
    unit: "MiB",
    isLong: true,
    prepare: (bench) => prepare(bench, (name, server) => memoryOf(bench, name, server, PATHS)),
  },
  {
    name: "size-start",
    title:
      "From the start of a server, with a database that runs, to the first query that is answered: in a small academy and in a large one",
    unit: "s",
    isLong: true,
    prepare: prepareStart,
  },
];

function named(runs: number): string {
  return `${runs.toLocaleString("en")} runs`;
}

function largeOf({ timing }: Bench): number {
  return timing.patienceMs > 0 ? LARGE.thorough : LARGE.quick;
}

/** @returns the URLs of both academies */
async function academiesOf(
  bench: Bench,
): Promise<{ readonly small: string; readonly large: string }> {
  const small = await bench.academy.catalogueOf(SMALL);
  return { small, large: await bench.academy.catalogueOf(largeOf(bench)) };
}

const NOTES = ["What is compared is a cost: less is better."];

async function prepare(
  bench: Bench,
  contend: (name: string, server: ServerProcess) => Contender,
): Promise<PreparedRow> {
  const { academy, processors } = bench;
  const urls = await academiesOf(bench);
  const { folder } = academy;
  await using starting = new AsyncDisposableStack();
  const servers = await startTogether(starting, {
    small: startLectern({ databaseUrl: urls.small, folder, processors }),
    large: startLectern({ databaseUrl: urls.large, folder, processors }),
  });
  const large = named(largeOf(bench));
  const started = starting.move();
  return {
    contenders: [contend(SMALL_NAME, servers.small), contend(large, servers.large)],
    comparisons: [{ of: large, to: SMALL_NAME, aim: { atMost: 2 } }],
    notes: NOTES,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function answered(
  bench: Bench,
  name: string,
  { pid, origin }: ServerProcess,
  path: string,
): Contender {
  const { load, timing } = bench;
  const task: Task = { kind: "get", origin, paths: [path] };
  return {
    name,
    async warmUp() {
      await load.run({ task, ...warmUpLength(timing), clients: 1 });
    },
    async measure() {
      const sample = await sampleOf(bench, pid, () =>
        load.run({ task, ...measuredLength(timing), clients: 1 }),
      );
      if (sample.p50Ms === null) throw new Error("Nothing was answered");
      return { ...sample, value: sample.p50Ms };
    },
  };
}

async function prepareStart(bench: Bench): Promise<PreparedRow> {
  const urls = await academiesOf(bench);
  const large = named(largeOf(bench));
  const starter = (name: string, databaseUrl: string): Contender => {
    const start = () => secondsToStart(bench, databaseUrl);
    return {
      name,
      async warmUp() {
        await start();
      },
      async measure() {
        return sampleOfValue(await start(), { started: 1 });
      },
    };
  };
  return {
    contenders: [starter(SMALL_NAME, urls.small), starter(large, urls.large)],
    comparisons: [{ of: large, to: SMALL_NAME, aim: { atMost: 2 } }],
    notes: NOTES,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function secondsToStart(
  { academy, processors }: Bench,
  databaseUrl: string,
): Promise<number> {
  const begun = performance.now();
  await using server = await startLectern({ databaseUrl, folder: academy.folder, processors });
  const { ok, status } = await fetch(`${server.origin}${queryPath("courses.list", { limit: 20 })}`);
  if (!ok) throw new Error(`The first query was answered by ${status}`);
  return (performance.now() - begun) / 1000;
}
