import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { buildRelease } from "../scripts/build-release.ts";

/** The client as strangers get it: packed, and installed into a folder with nothing else. */

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const consumer = fileURLToPath(new URL("fixtures/consumer", import.meta.url));

export interface PackedClient extends AsyncDisposable {
  /** Where a stranger's program is, with the client in its `node_modules`. */
  readonly folder: string;
  /** The client there. */
  readonly installed: string;
}

/** Packs the client and installs it, without asking any registry, beside the programs of `fixtures`. */
export async function installPackedClient(): Promise<PackedClient> {
  const scratch = await mkdtemp(path.join(tmpdir(), "lectern-client-"));
  const release = path.join(scratch, "release");
  const folder = path.join(scratch, "program");
  await buildRelease(release);
  const packing = await run("npm", ["pack", "--silent", "--pack-destination", scratch], {
    cwd: release,
  });
  await cp(consumer, folder, { recursive: true });
  await writeFile(
    path.join(folder, "package.json"),
    JSON.stringify({ name: "program", private: true, type: "module" }),
  );
  const tarball = path.join(scratch, packing.stdout.trim());
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: folder });
  return {
    folder,
    installed: path.join(folder, "node_modules/@lectern/client"),
    [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }),
  };
}

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
