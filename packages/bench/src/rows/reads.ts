import {
  type RecordedQuery,
  type Recording,
  givenQuery,
  openRecording,
  recordOneStatement,
} from "../academy/recorded-work.ts";
import { startLectern, startPlainServer, startTogether } from "../contenders/servers.ts";
import type { ServerProcess } from "../contenders/server-process.ts";
import { FRAMEWORKS, type ReadQuestion, trpcData, trpcPath } from "../peers/frameworks.ts";
import type { Comparison, PreparedRow } from "../sample.ts";
import { type Bench, type Row, taskContender } from "./bench.ts";
import { requireSameAnswers } from "./same-answers.ts";

/** Reading through HTTP: the same SQL and the same answers from the bare server, the stock one and Lectern. */

const LIST_LENGTH = 20;

/** As long as Lectern keeps answers without a look at them. */
const KEPT_MS = 15_000;

interface ReadRow {
  readonly name: string;
  readonly title: string;
  readonly comparisons: readonly Comparison[];
  /** Measures the bare server twice a round, to show how much measurements of the same thing differ. */
  readonly hasControl?: boolean;
  /** Bare and Lectern keep answers. */
  readonly keepsAnswers?: boolean;
  /** What is asked, and the query behind it. */
  readonly questionsOf: (work: RecordedWork) => {
    questions: readonly ReadQuestion[];
    query?: RecordedQuery;
  };
}

export interface RecordedWork {
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
    questionsOf: () => ({ questions: [{ procedure: "system.info", input: {} }] }),
  },
  {
    name: "one-row",
    title: "One row by key: articles.bySlug",
    comparisons: [
      { of: "lectern", to: "bare", aim: { atLeast: 0.8 } },
      { of: "lectern", to: "stock", aim: { atLeast: 2 } },
      { of: "stock", to: "bare" },
    ],
    questionsOf: ({ slugs, queries }) => ({
      questions: slugs.map((slug) => ({ procedure: "articles.bySlug", input: { slug } })),
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
    questionsOf: ({ queries }) => ({
      questions: [{ procedure: "courses.list", input: { limit: LIST_LENGTH } }],
      query: queries.coursesList,
    }),
  },
  {
    name: "cached",
    title: `The same list, by servers that keep it for ${KEPT_MS / 1000} seconds`,
    keepsAnswers: true,
    comparisons: [
      { of: "lectern", to: "bare", aim: { atLeast: 0.8 } },
      { of: "lectern", to: "stock", note: "which keeps nothing" },
    ],
    questionsOf: ({ queries }) => ({
      questions: [{ procedure: "courses.list", input: { limit: LIST_LENGTH } }],
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

export async function recordWork(databaseUrl: string): Promise<RecordedWork> {
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
  const { questions, query } = row.questionsOf(work);
  const paths = questions.map(trpcPath);
  const { keepsAnswers = false } = row;
  const queries = {
    articleBySlug: givenQuery(work.queries.articleBySlug),
    coursesList: givenQuery(work.queries.coursesList),
  };
  const place = { databaseUrl: academy.catalogueUrl, folder: academy.folder, processors };

  await using starting = new AsyncDisposableStack();
  const { bare, stock, lectern } = await startTogether(starting, {
    bare: startPlainServer("bare", place, queries, { keepsAnswersMs: keepsAnswers ? KEPT_MS : 0 }),
    stock: startPlainServer("stock", place, queries),
    lectern: startLectern(place, { keepsAnswers }),
  });
  await requireSameAnswers(
    { bare, stock, lectern },
    paths.map((path) => ({ path })),
    readAnswer,
  );
  const peers = keepsAnswers ? undefined : await bench.peers?.startFrameworks(starting, queries);
  for (const { name, server, pathOf, dataOf } of peers?.started ?? [])
    await requireSameAnswers(
      { bare, [name]: server },
      questions.map((asked) => ({
        path: (who) => (who === name ? pathOf(asked) : trpcPath(asked)),
      })),
      (text, who) => (who === name ? dataOf : trpcData)(readAnswer(text)),
    );

  const contender = (name: string, { pid, origin }: ServerProcess, asked = paths) =>
    taskContender(bench, name, pid, { kind: "get", origin, paths: asked });
  const started = starting.move();
  return {
    contenders: [
      contender("bare", bare),
      contender("stock", stock),
      contender("lectern", lectern),
      ...(row.hasControl === true ? [contender(CONTROL, bare)] : []),
      ...(peers?.started ?? []).map(({ name, server, pathOf }) =>
        contender(name, server, questions.map(pathOf)),
      ),
    ],
    comparisons: [
      ...row.comparisons,
      ...FRAMEWORKS.map(({ name }) => ({ of: "lectern", to: name })),
    ],
    notes: [
      ...(query?.isPrepared === false ? ["Lectern does not prepare this row's statement."] : []),
      ...(peers?.notes ?? []),
    ],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** The clock, which no two answers agree about. */
const CLOCKS = new Set(["serverTime"]);

function readAnswer(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (CLOCKS.has(key) ? "…" : value));
}
