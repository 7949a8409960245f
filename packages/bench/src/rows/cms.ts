import { administer } from "@lectern/database/driver/administer";
import { openRecording } from "../academy/recorded-work.ts";
import { startLectern } from "../contenders/servers.ts";
import type { Task } from "../load/messages.ts";
import { type Cms, type CmsQuestions, lecternQuestions } from "../peers/cms.ts";
import type { PreparedRow } from "../sample.ts";
import { type Bench, type Row, taskContender } from "./bench.ts";

/**
 * What an academy's developer might take instead: content management systems on the same database. They are asked the
 * same, and each answers its own way: what it sent is said in the row's notes.
 */

const LIST_LENGTH = 20;
/** Each system finds words in its own way: the first is taken for which all find as many courses. */
const WORDS = ["python", "kubernetes", "postgresql", "typescript", "rust", "security"];

interface CmsRow {
  readonly name: string;
  readonly title: string;
  /** @returns the path that each is asked for; several are tried, until all have as many items as the others */
  readonly pathsOf: (slugs: readonly string[]) => readonly ((of: CmsQuestions) => string)[];
}

const READ_ROWS: readonly CmsRow[] = [
  {
    name: "cms-list",
    title: `${LIST_LENGTH} courses, by Lectern and content management systems`,
    pathsOf: () => [({ listPath }) => listPath(LIST_LENGTH)],
  },
  {
    name: "cms-detail",
    title: "One article by its slug, by Lectern and content management systems",
    pathsOf: (slugs) =>
      slugs.slice(0, 1).map(
        (slug) =>
          ({ detailPath }) =>
            detailPath(slug),
      ),
  },
  {
    name: "cms-search",
    title: "Courses with a word, by Lectern and content management systems",
    pathsOf: () =>
      WORDS.map(
        (word) =>
          ({ searchPath }) =>
            searchPath(word, LIST_LENGTH),
      ),
  },
];

/** The rows that there are with `--peers` alone. */
export const cmsRows: readonly Row[] = [
  ...READ_ROWS.map((row): Row => ({
    name: row.name,
    title: row.title,
    unit: "answers/s",
    needsPeers: true,
    prepare: (bench) => prepare(bench, (all) => readTasks(bench, row, all)),
  })),
  {
    name: "cms-create",
    title: "An enquiry sent, to Lectern and content management systems",
    unit: "answers/s",
    needsPeers: true,
    prepare: (bench) => prepare(bench, (all) => createTasks(bench, all)),
  },
];

interface Tasks {
  readonly tasks: ReadonlyMap<Cms, Task>;
  readonly notes: readonly string[];
}

async function prepare(
  bench: Bench,
  tasksOf: (all: readonly Cms[]) => Promise<Tasks>,
): Promise<PreparedRow> {
  const { academy, processors } = bench;
  if (bench.peers === undefined) throw new Error("This row is measured with --peers only");
  const cms = await bench.peers.cms();
  await using starting = new AsyncDisposableStack();
  const place = { databaseUrl: cms.databaseUrl, folder: academy.folder, processors };
  const server = starting.use(await startLectern(place));
  const all = [{ ...lecternQuestions, name: "lectern", server }, ...cms.started];
  const { tasks, notes } = await tasksOf(all);
  const started = starting.move();
  return {
    contenders: [...tasks].map(([candidate, task]) =>
      taskContender(bench, candidate.name, candidate.server.pid, task),
    ),
    comparisons: cms.started.map(({ name }) => ({ of: "lectern", to: name })),
    notes: [...notes, ...cms.notes],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** @throws Error when the systems find differently many items, whatever is asked */
async function readTasks(
  { academy }: Bench,
  { pathsOf }: CmsRow,
  all: readonly Cms[],
): Promise<Tasks> {
  const tried: string[] = [];
  for (const pathOf of pathsOf(await articleSlugs(academy.catalogueUrl))) {
    const answers = await Promise.all(all.map((candidate) => ask(candidate, pathOf(candidate))));
    const sent = answers
      .map(({ name, items, bytes }) => `${name} ${items} in ${bytes.toLocaleString("en")} bytes`)
      .join(", ");
    const [first] = answers;
    if (
      first !== undefined &&
      first.items > 0 &&
      answers.every(({ items }) => items === first.items)
    )
      return {
        tasks: new Map(
          all.map((candidate) => {
            const { origin } = candidate.server;
            return [candidate, { kind: "get", origin, paths: [pathOf(candidate)] }];
          }),
        ),
        notes: [`Items in an answer: ${sent}; asked ${pathOf(lecternQuestions)}.`],
      };
    tried.push(sent);
  }
  throw new Error(`They do not find as many items as each other: ${tried.join("; ")}`);
}

async function articleSlugs(databaseUrl: string): Promise<string[]> {
  await using recording = await openRecording(databaseUrl);
  const { answer } = await recording.record((caller) => caller.articles.list({}));
  return answer.items.map(({ slug }) => slug);
}

async function ask({ name, server, countItems }: Cms, path: string) {
  const response = await fetch(`${server.origin}${path}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${name} answers ${response.status} to ${path}: ${text}`);
  return { name, items: countItems(JSON.parse(text)), bytes: Buffer.byteLength(text) };
}

/** @throws Error when an enquiry that was acknowledged is not there */
async function createTasks({ peers }: Bench, all: readonly Cms[]): Promise<Tasks> {
  const { databaseUrl = "" } = (await peers?.cms()) ?? {};
  await using admin = administer(databaseUrl);
  async function count(table: string): Promise<number> {
    const [row] = await admin.run(`SELECT count(*)::int AS count FROM ${table}`);
    return Number(row?.["count"]);
  }
  for (const { name, server, enquiry, enquiryTable } of all) {
    const before = await count(enquiryTable);
    const response = await fetch(`${server.origin}${enquiry.path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(enquiry.body),
    });
    const text = await response.text();
    const added = (await count(enquiryTable)) - before;
    if (response.status !== enquiry.accepted || added !== 1)
      throw new Error(
        `${name} answers ${response.status} to an enquiry and keeps ${added}: ${text}`,
      );
  }
  return {
    tasks: new Map(
      all.map((candidate) => {
        const { origin } = candidate.server;
        return [candidate, { kind: "post", origin, ...candidate.enquiry }];
      }),
    ),
    notes: [
      "Lectern also writes an audit entry and the answer to send again, Directus an activity; each in one transaction.",
    ],
  };
}
