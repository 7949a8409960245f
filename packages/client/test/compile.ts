import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** The compilers that programs are checked with, by what this package calls them. */
export const COMPILERS = ["typescript", "typescript-5"] as const;

export const RESOLUTIONS = [
  { module: "NodeNext", moduleResolution: "NodeNext" },
  { module: "ESNext", moduleResolution: "Bundler" },
] as const;

/**
 * Type-checks a stranger's program: strictly, its libraries included, with nothing of Node's types.
 *
 * @returns what the compiler says, which is nothing when all is well
 */
export async function compile(
  folder: string,
  compiler: (typeof COMPILERS)[number],
  resolution: (typeof RESOLUTIONS)[number],
  files: readonly string[],
): Promise<string> {
  const compilerOptions = {
    ...resolution,
    target: "ES2022",
    lib: ["ES2022", "DOM"],
    types: [],
    strict: true,
    skipLibCheck: false,
    noEmit: true,
  };
  const config = path.join(folder, `tsconfig.${compiler}.${resolution.moduleResolution}.json`);
  await writeFile(config, JSON.stringify({ compilerOptions, files }));
  const manifest = require.resolve(`${compiler}/package.json`);
  const tsc = path.join(path.dirname(manifest), "bin/tsc");
  try {
    const { stdout } = await run(process.execPath, [tsc, "--pretty", "false", "-p", config]);
    return stdout;
  } catch (error) {
    if (error instanceof Error && "stdout" in error) return String(error.stdout);
    throw error;
  }
}
