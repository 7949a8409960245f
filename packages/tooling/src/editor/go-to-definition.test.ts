import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { run } from "../testing/run.ts";
import { ROOT } from "../workspace.ts";
import { copyRepository } from "./copy-repository.ts";
import { type LanguageServer, startLanguageServer } from "./language-server.ts";

/**
 * Somebody who writes a call of the typed client asks the editor where a procedure is defined, and lands in the
 * server's source. It holds for each procedure, before anything is built and after, over the language server itself.
 */

const LIST_PROCEDURES = `
  const { appRouter } = await import("./packages/api/src/app-router.ts");
  console.log(JSON.stringify(Object.keys(appRouter._def.procedures)));
`;
const PROBE = "apps/cli/src/probe.ts";
const PREAMBLE = [
  'import { createClient } from "@lectern/client";',
  'const lectern = createClient({ url: "http://localhost:3000" });',
];

const { directory, remove } = copyRepository();
let procedures: string[] = [];

beforeAll(async () => {
  const listed = await run(
    process.execPath,
    ["--input-type=module", "--eval", LIST_PROCEDURES],
    directory,
  );
  if (listed.code !== 0) throw new Error(listed.stderr);
  procedures = z.array(z.string()).parse(JSON.parse(listed.stdout));
  const calls = procedures.map((procedure) => `void lectern.${procedure};`);
  writeFileSync(join(directory, PROBE), [...PREAMBLE, ...calls].join("\n"));
});

afterAll(() => {
  remove();
});

/** Follows each procedure's name from the call to its definition, and returns what stands there. */
async function followAll(server: LanguageServer): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [index, procedure] of procedures.entries()) {
    const call = `void lectern.${procedure}`;
    const position = { line: PREAMBLE.length + index, character: call.length - 1 };
    const [place] = await server.definition({ file: join(directory, PROBE), position });
    if (place === undefined) {
      found[procedure] = "nowhere";
      continue;
    }
    const line = readFileSync(place.file, "utf8").split("\n")[place.position.line] ?? "";
    const name = /^\w+/.exec(line.slice(place.position.character))?.[0];
    found[procedure] = `${relative(directory, place.file)}: ${name}`;
  }
  return found;
}

/** Each router stands in a file of its name, in the folder of its feature. */
function whereTheyAre(): Record<string, string> {
  const features = join(directory, "packages/api/src/features");
  const files = readdirSync(features, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    procedures.map((procedure) => {
      const [router, name] = procedure.split(".");
      const file = files.find((path) => basename(path) === `${router}.router.ts`);
      return [procedure, `packages/api/src/features/${file}: ${name}`];
    }),
  );
}

describe("from a call of the client, an editor finds a procedure's source", () => {
  test("in a fresh clone", async () => {
    await using server = await startLanguageServer(directory);
    expect(procedures.length).toBeGreaterThanOrEqual(12);
    expect(await followAll(server)).toEqual(whereTheyAre());
  });

  test("once declarations are emitted", async () => {
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    await run(process.execPath, [tsc, "-b", "packages/client"], directory);
    for (const declarations of ["packages/api/dist/app-router", "packages/client/dist/index"]) {
      expect(existsSync(join(directory, `${declarations}.d.ts`))).toBe(true);
    }
    await using server = await startLanguageServer(directory);
    expect(await followAll(server)).toEqual(whereTheyAre());
  });
});
