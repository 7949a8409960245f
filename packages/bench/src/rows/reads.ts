import { isDeepStrictEqual } from "node:util";
import {
  type RecordedQuery,
  type Recording,
  openRecording,
  recordOneStatement,
} from "../academy/recorded-work.ts";
import { startLectern, startPlainServer, startTogether } from "../contenders/servers.ts";
import type { ServerProcess } from "../contenders/server-process.ts";
import type { ServerSettings } from "../contenders/work.ts";
import type { Comparison, PreparedRow } from "../sample.ts";
import { type Bench, type Row, taskContender } from "./bench.ts";

/** Reading through HTTP: the same SQL and the same answers from the bare server, the stock one and Lectern. */

const LIST_LENGTH = 20;

interface ReadRow {
  readonly name: string;
  readonly title: string;
  readonly comparisons: readonly Comparison[];
  /** Measures the bare server twice a round, to show how much measurements of the same thing differ. */
  readonly hasControl?: boolean;
  /** The addresses that are asked for, and the query behind them. */
  readonly pathsOf: (work: RecordedWork) => { paths: string[]; query?: RecordedQuery };
}

interface RecordedWork {
  readonly slugs: readonly string[];
  readonly queries: { readonly articleBySlug: RecordedQuery; readonly coursesList: RecordedQuery };
}

const CONTROL = "bare, again";

const READ_ROWS: readonly ReadRow[] = [
  {
    name: "empty",
    title: "An empty query: system.info",
    hasControl: true,
    comparisons: [
      { of: "lectern", to: "bare", aim: { atLeast: 0.6 } },
      { of: "lectern", to: "stock", aim: { atLeast: 4 } },
      { of: "stock", to: "bare" },
      { of: CONTROL, to: "bare", note: "the same server twice: off 1 by noise alone" },
    ],
    pathsOf: () => ({ paths: ["/trpc/system.info"] }),
  },
  {
    name: "one-row",
    title: "One row by key: articles.bySlug",
    comparisons: [
      { of: "lectern", to: "bare", aim: { atLeast: 0.8 } },
      { of: "lectern", to: "stock", aim: { atLeast: 2 } },
      { of: "stock", to: "bare" },
    ],
    pathsOf: ({ slugs, queries }) => ({
      paths: slugs.map((slug) => queryPath("articles.bySlug", { slug })),
      query: queries.articleBySlug,
    }),
  },
  {
    name: "list",
    title: `A list of ${LIST_LENGTH} rows: courses.list`,
    comparisons: [
      { of: "lectern", to: "bare", aim: { atLeast: 0.9 } },
      { of: "lectern", to: "stock" },
      { of: "stock", to: "bare" },
    ],
    pathsOf: ({ queries }) => ({
      paths: [queryPath("courses.list", { limit: LIST_LENGTH })],
      query: queries.coursesList,
    }),
  },
];

/** The rows that read. */
export const readRows: readonly Row[] = READ_ROWS.map((row) => ({
  name: row.name,
  title: row.title,
  unit: "answers/s",
  prepare: (bench) => prepare(bench, row),
}));

/** @returns a query as one GET, as the client package asks it */
function queryPath(procedure: string, input: unknown): string {
  return `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
}

async function recordWork(databaseUrl: string): Promise<RecordedWork> {
  await using recording = await openRecording(databaseUrl);
  const slugs = await articleSlugs(recording);
  return {
    slugs,
    queries: {
      articleBySlug: await recordOneStatement(
        recording,
        new Map(slugs.map((slug) => [slug, (caller) => caller.articles.bySlug({ slug })])),
      ),
      coursesList: await recordOneStatement(
        recording,
        new Map([[String(LIST_LENGTH), (caller) => caller.courses.list({ limit: LIST_LENGTH })]]),
      ),
    },
  };
}

async function articleSlugs(recording: Recording): Promise<string[]> {
  const { answer } = await recording.record((caller) => caller.articles.list({}));
  return answer.items.map(({ slug }) => slug);
}

async function prepare(bench: Bench, row: ReadRow): Promise<PreparedRow> {
  const { academy, processors } = bench;
  const work = await recordWork(academy.catalogueUrl);
  const { paths, query } = row.pathsOf(work);
  const queries: ServerSettings["queries"] = {
    articleBySlug: mutable(work.queries.articleBySlug),
    coursesList: mutable(work.queries.coursesList),
  };
  const place = { databaseUrl: academy.catalogueUrl, folder: academy.folder, processors };

  await using starting = new AsyncDisposableStack();
  const { bare, stock, lectern } = await startTogether(starting, {
    bare: startPlainServer("bare", place, queries),
    stock: startPlainServer("stock", place, queries),
    lectern: startLectern(place),
  });
  await requireSameAnswers({ bare, stock, lectern }, paths);

  const contender = (name: string, { pid, origin }: ServerProcess) =>
    taskContender(bench, name, pid, { kind: "get", origin, paths });
  const started = starting.move();
  return {
    contenders: [
      contender("bare", bare),
      contender("stock", stock),
      contender("lectern", lectern),
      ...(row.hasControl === true ? [contender(CONTROL, bare)] : []),
    ],
    comparisons: row.comparisons,
    notes: query?.isPrepared === false ? ["Lectern does not prepare this row's statement."] : [],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function mutable({ text, parameters }: RecordedQuery) {
  return {
    text,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, values]) => [key, [...values]]),
    ),
  };
}

/** The clock, which no two answers agree about. */
const CLOCKS = new Set(["serverTime"]);

/** @throws Error when a server says something else than the bare one */
async function requireSameAnswers(
  servers: Readonly<Record<string, ServerProcess>>,
  paths: readonly string[],
): Promise<void> {
  for (const path of paths) {
    const answers = await Promise.all(
      Object.entries(servers).map(async ([name, { origin }]) => {
        const response = await fetch(`${origin}${path}`);
        const text = await response.text();
        if (!response.ok) throw new Error(`${name} answers ${response.status} to ${path}: ${text}`);
        const answer: unknown = JSON.parse(text, (key, value: unknown) =>
          CLOCKS.has(key) ? "…" : value,
        );
        return { name, answer };
      }),
    );
    const [first, ...others] = answers;
    for (const { name, answer } of others) {
      if (!isDeepStrictEqual(answer, first?.answer))
        throw new Error(
          `${name} gives another answer to ${path} than ${first?.name}: ${JSON.stringify(answer)} ` +
            `and ${JSON.stringify(first?.answer)}. The bare server's work no longer is Lectern's: see contenders/work.ts.`,
        );
    }
  }
}
