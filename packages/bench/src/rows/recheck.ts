import { join } from "node:path";
import { type CopiedWorkspace, type Edit, copyWorkspace } from "../compiler/copied-workspace.ts";
import { runTsc, secondsOfTsc } from "../compiler/tsc.ts";
import { type Processors, onAllProcessors } from "../machine/processors.ts";
import type { Contender, PreparedRow } from "../sample.ts";
import { type Bench, type Row, sampleOfValue } from "./bench.ts";

/** What whoever works on Lectern waits for after an edit of one feature, until it is checked. */

const API = "packages/api";
const CLIENT = "packages/client";
const USE_CASE = `${API}/src/features/enquiries/move-enquiry.ts`;
const ROUTER = `${API}/src/features/enquiries/enquiries.router.ts`;

/** Nobody else can see it. */
const BODY: Edit = {
  file: USE_CASE,
  find: "An enquiry that is",
  replace: (count) => `An enquiry (${count}) that is`,
};
/** Seen by whoever calls the use case, but not by who calls the procedure: its output is declared. */
const USE_CASES_TYPE: Edit = {
  file: USE_CASE,
  find: "export async function moveEnquiry(\n  db: Database,",
  replace: (count) =>
    `export type Moved = ${count};\n\nexport async function moveEnquiry(\n  db: Database,`,
};
/** Seen by everybody: the router, and all clients of it. */
const PROCEDURE: Edit = {
  file: ROUTER,
  find: "export const enquiriesRouter = router({",
  replace: (count) =>
    `export const enquiriesRouter = router({\n  made${count}: publicProcedure.query(() => ${count}),\n`,
};

interface Case {
  readonly name: string;
  readonly edit: Edit;
  /** The project that is built, with all that it depends on; all of them where none is named. */
  readonly project?: string;
}

const CASES: readonly Case[] = [
  { name: "a body: its package", edit: BODY, project: API },
  { name: "a body: all packages", edit: BODY },
  { name: "a use case's type: its package", edit: USE_CASES_TYPE, project: API },
  { name: "a use case's type: all packages", edit: USE_CASES_TYPE },
  { name: "a procedure: its package", edit: PROCEDURE, project: API },
  { name: "a procedure: the client's declarations", edit: PROCEDURE, project: CLIENT },
  { name: "a procedure: all packages", edit: PROCEDURE },
];

export const recheckRow: Row = {
  name: "recheck",
  title: "After an edit of one feature, tsc -b where everything was checked before",
  unit: "s",
  isLong: true,
  prepare,
};

async function prepare({ processors }: Bench): Promise<PreparedRow> {
  await using stack = new AsyncDisposableStack();
  const workspace = stack.use(await copyWorkspace());
  const builder = createBuilder(workspace, processors);
  const first = await builder.build();
  const copied = stack.move();
  return {
    contenders: CASES.map((one) => contender(one, workspace, builder)),
    comparisons: [],
    notes: [
      `The first time, everything takes ${first.toFixed(1)} s. The aim is a second.`,
      "Each is an edit of a copy: of text in a use case, of a type that it exports, of a procedure that clients see.",
      "The compiler has all processors here.",
    ],
    [Symbol.asyncDispose]: () => copied.disposeAsync(),
  };
}

interface Builder {
  /** @returns seconds */
  build(project?: string): Promise<number>;
  /** Builds everything unless that is what was done last. */
  settle(): Promise<void>;
}

function createBuilder({ folder }: CopiedWorkspace, processors: Processors | undefined): Builder {
  const placed = (command: readonly [string, ...string[]]) => onAllProcessors(processors, command);
  let isSettled = false;
  const args = (project?: string) => ["--build", join(folder, project ?? "")];
  return {
    async build(project) {
      isSettled = project === undefined;
      return secondsOfTsc(args(project), { placed, cwd: folder });
    },
    async settle() {
      if (!isSettled) await runTsc(args(), { placed, cwd: folder });
      isSettled = true;
    },
  };
}

function contender(
  { name, edit, project }: Case,
  workspace: CopiedWorkspace,
  builder: Builder,
): Contender {
  return {
    name,
    warmUp: () => Promise.resolve(),
    async measure() {
      await builder.settle();
      await workspace.edit(edit);
      const value = await builder.build(project);
      return sampleOfValue(value, { checked: 1 });
    },
  };
}
