import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { appRouter } from "@lectern/api/app-router";
import { declaredAccess } from "@lectern/api/trpc/declared-access";
import { makeWorkspace } from "../compiler/made-workspace.ts";
import {
  type TscOptions,
  describeDiagnostics,
  readDiagnostics,
  runTsc,
  secondsOfTsc,
} from "../compiler/tsc.ts";
import { formatCount } from "../report/table.ts";
import { onServerProcessor } from "../machine/processors.ts";
import type { Contender } from "../sample.ts";
import { type Bench, type Row, sampleOfValue } from "./bench.ts";

/** What an editor or a build waits for in a program that uses the client package. */

const PROGRAM = fileURLToPath(new URL("../../fixtures/client-program", import.meta.url));
const CLIENT_PACKAGE = fileURLToPath(new URL("../../../client", import.meta.url));

const DECLARATIONS = "declarations";
const SOURCES = "sources";

const MADE_PROCEDURES = 500;
const MADE_CALLS = 40;
const KIB = 1024;

export const typesRow: Row = {
  name: "types",
  title:
    "Checking a program that uses the client: against emitted declarations, and against sources",
  unit: "s",
  async prepare(bench) {
    await runTsc(["--build", CLIENT_PACKAGE]);
    const checked = await checkers(bench, {
      [DECLARATIONS]: join(PROGRAM, `tsconfig.${DECLARATIONS}.json`),
      [SOURCES]: join(PROGRAM, `tsconfig.${SOURCES}.json`),
    });
    return {
      ...checked,
      comparisons: [{ of: DECLARATIONS, to: SOURCES }],
      notes: [
        `Lectern has ${declaredAccess(appRouter).length} procedures.`,
        "Its declarations are those of the workspace here, a file for each module; published, they are one.",
        ...checked.notes,
      ],
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

export const manyTypesRow: Row = {
  name: "types-500",
  title: `The same of a router of ${MADE_PROCEDURES} procedures: against the one file that is published, and against sources`,
  unit: "s",
  isLong: true,
  async prepare(bench) {
    await runTsc(["--build", CLIENT_PACKAGE]);
    await using stack = new AsyncDisposableStack();
    const made = stack.use(await makeWorkspace(MADE_PROCEDURES, MADE_CALLS));
    const checked = await checkers(bench, {
      [DECLARATIONS]: made.declarations,
      [SOURCES]: made.sources,
    });
    const folder = stack.move();
    return {
      ...checked,
      comparisons: [{ of: DECLARATIONS, to: SOURCES, aim: { atMost: 0.2 } }],
      notes: [
        `The router is made for the purpose. The program makes ${MADE_CALLS} calls; ` +
          `its declarations are ${formatCount(Math.round(made.bundleBytes / KIB))} KiB.`,
        ...checked.notes,
      ],
      [Symbol.asyncDispose]: () => folder.disposeAsync(),
    };
  },
};

/**
 * @param projects by the name of who is measured
 * @returns who checks each of them, and what the compiler says of it
 */
async function checkers(
  { processors }: Bench,
  projects: Readonly<Record<string, string>>,
): Promise<{ contenders: readonly Contender[]; notes: readonly string[] }> {
  const options: TscOptions = { placed: (command) => onServerProcessor(processors, command) };
  const contenders: Contender[] = [];
  const notes: string[] = [];
  for (const [name, project] of Object.entries(projects)) {
    const args = ["--project", project];
    // The first time also brings all files into the system's cache.
    const printed = await runTsc([...args, "--extendedDiagnostics"], options);
    notes.push(describeDiagnostics(name, readDiagnostics(printed)));
    contenders.push(checker(name, () => secondsOfTsc(args, options)));
  }
  return { contenders, notes };
}

function checker(name: string, check: () => Promise<number>): Contender {
  return {
    name,
    warmUp: () => Promise.resolve(),
    async measure() {
      return sampleOfValue(await check(), { checked: 1 });
    },
  };
}
