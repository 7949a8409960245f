import { givenQuery } from "../academy/recorded-work.ts";
import { queryPath } from "../contenders/query-path.ts";
import { startLectern, startPlainServer, startTogether } from "../contenders/servers.ts";
import type { ServerProcess } from "../contenders/server-process.ts";
import type { Contender, PreparedRow, Sample } from "../sample.ts";
import { type Bench, type Row, measuredLength, sampleOf, warmUpLength } from "./bench.ts";
import { recordWork } from "./reads.ts";

/**
 * How long an answer takes where visitors do not know of each other: requests come at a steady rate, whoever is still waiting. Each
 * contender gets a share of what it can do by itself, as closed loops have shown a moment before.
 */

/** More than are ever under way, so that none waits for another. */
const VISITORS = 512;

/** The shares of a contender's capacity that are asked for, by the names of their rows. */
const SHARES = { "half-load": 0.5, "near-capacity": 0.9 } as const;

/** The rows that ask at a steady rate. */
export const openLoopRows: readonly Row[] = Object.entries(SHARES).map(([name, share]) => ({
  name,
  title: `One row by key, asked for at a steady rate of ${share * 100} % of what each can do: p99 of the time to an answer`,
  unit: "ms",
  prepare: (bench) => prepare(bench, share),
}));

async function prepare(bench: Bench, share: number): Promise<PreparedRow> {
  const { academy, processors } = bench;
  const { slugs, queries } = await recordWork(academy.catalogueUrl);
  const given = { articleBySlug: givenQuery(queries.articleBySlug) };
  const place = { databaseUrl: academy.catalogueUrl, folder: academy.folder, processors };
  await using starting = new AsyncDisposableStack();
  const servers = await startTogether(starting, {
    bare: startPlainServer("bare", place, given),
    stock: startPlainServer("stock", place, given),
    lectern: startLectern(place),
  });
  const paths = slugs.map((slug) => queryPath("articles.bySlug", { slug }));
  const started = starting.move();
  return {
    contenders: Object.entries(servers).map(([name, server]) =>
      steadily(bench, name, server, paths, share),
    ),
    comparisons: [
      { of: "lectern", to: "bare", note: "each at a share of its own capacity" },
      { of: "lectern", to: "stock", note: "each at a share of its own capacity" },
    ],
    notes: ["What is compared is a time: less is better."],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** A contender that is asked at a steady rate; what is measured is the 99th percentile of the time to an answer, in milliseconds. */
export function steadily(
  bench: Bench,
  name: string,
  { pid, origin }: ServerProcess,
  paths: string[],
  share: number,
): Contender {
  const { load, timing } = bench;
  const task = { kind: "get", origin, paths } as const;
  return {
    name,
    async warmUp() {
      await load.run({ task, ...warmUpLength(timing) });
    },
    async measure(): Promise<Sample> {
      const { perSecond } = await load.run({ task, ...measuredLength(timing) });
      const sample = await sampleOf(bench, pid, () =>
        load.run({
          task,
          ...measuredLength(timing),
          clients: VISITORS,
          perSecond: perSecond * share,
        }),
      );
      if (sample.p99Ms === null) throw new Error(`${name} answered nothing`);
      return { ...sample, value: sample.p99Ms };
    },
  };
}
