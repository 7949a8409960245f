import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { appRouter } from "@lectern/api/app-router";
import { declaredAccess } from "@lectern/api/trpc/declared-access";
import { plainEnvironment } from "../config.ts";
import { type Processors, onServerProcessor } from "../machine/processors.ts";
import type { Contender } from "../sample.ts";
import type { Row } from "./bench.ts";

/** What an editor or a build waits for in a program that uses the client package. */

const TSC = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")));
const PROGRAM = fileURLToPath(new URL("../../fixtures/client-program", import.meta.url));
const CLIENT_PACKAGE = fileURLToPath(new URL("../../../client", import.meta.url));

const DECLARATIONS = "declarations";
const SOURCES = "sources";

export const typesRow: Row = {
  name: "types",
  title:
    "Checking a program that uses the client: against emitted declarations, and against sources",
  unit: "s",
  async prepare({ processors }) {
    await runTsc(undefined, ["--build", CLIENT_PACKAGE]);
    return {
      contenders: [DECLARATIONS, SOURCES].map((name) => checker(name, processors)),
      comparisons: [{ of: DECLARATIONS, to: SOURCES, aim: { atMost: 0.2 } }],
      notes: [
        `The aim is for 500 procedures; Lectern has ${declaredAccess(appRouter).length} as yet.`,
      ],
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

function checker(name: string, processors: Processors | undefined): Contender {
  async function check(): Promise<number> {
    const begun = performance.now();
    await runTsc(processors, ["--project", join(PROGRAM, `tsconfig.${name}.json`)]);
    return (performance.now() - begun) / 1000;
  }
  return {
    name,
    async warmUp() {
      await check();
    },
    async measure() {
      const unknown = { processorMicros: null, p50Ms: null, p99Ms: null, othersShare: null };
      return { value: await check(), ...unknown, outcomes: { checked: 1 } };
    },
  };
}

/** @throws Error with what the compiler found */
async function runTsc(processors: Processors | undefined, args: readonly string[]): Promise<void> {
  const [program, ...rest] = onServerProcessor(processors, [process.execPath, TSC, ...args]);
  try {
    await promisify(execFile)(program, rest, { env: plainEnvironment() });
  } catch (error) {
    const found = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
    throw new Error(`tsc ${args.join(" ")} failed:\n${found}`, { cause: error });
  }
}
