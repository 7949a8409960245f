import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { buildRelease } from "./build-release.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const workspaceFolder = fileURLToPath(new URL("..", import.meta.url));
const programs = fileURLToPath(new URL("../test/fixtures/consumer", import.meta.url));

/** Writes the declarations that are bundled; nothing is written where they are up to date. */
async function emitDeclarations(): Promise<void> {
  const tsc = path.join(path.dirname(require.resolve("typescript/package.json")), "bin/tsc");
  try {
    await run(process.execPath, [tsc, "-b", "--pretty", "false", workspaceFolder]);
  } catch (cause) {
    const said = cause instanceof Error && "stdout" in cause ? String(cause.stdout) : "";
    throw new Error(`The declarations are not right:\n${said}`, { cause });
  }
}

/**
 * Makes a stranger's folder: the programs of `test/fixtures/consumer`, and the client as npm would
 * bring it, packed and installed without asking a registry.
 *
 * @param folder where to; it must not be there yet
 */
export async function installPackedClient(folder: string): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), "lectern-pack-"));
  try {
    const release = path.join(scratch, "release");
    await emitDeclarations();
    await buildRelease(release);
    const packing = await run("npm", ["pack", "--silent", "--pack-destination", scratch], {
      cwd: release,
    });
    await cp(programs, folder, { recursive: true });
    await writeFile(
      path.join(folder, "package.json"),
      JSON.stringify({ name: "program", private: true, type: "module" }),
    );
    const tarball = path.join(scratch, packing.stdout.trim());
    await run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: folder });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
