import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadSite } from "./site/load-site.ts";
import type { Site } from "./site/site.ts";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

/** A build that is up to date takes less than this: no need to speak of it. */
const SILENT_MS = 1500;

/**
 * Builds the website if its sources changed since the last build, and loads it. turbo knows whether
 * they did.
 *
 * @param say tells people what takes its time
 * @throws Error with the build's output when it fails
 */
export async function buildSite(say: (line: string) => void): Promise<Site | undefined> {
  const announce = setTimeout(() => {
    say("Building the website …");
  }, SILENT_MS);
  try {
    await run(join(REPOSITORY, "node_modules/.bin/turbo"), [
      "run",
      "build",
      "--filter=@lectern/web",
      "--output-logs=errors-only",
      "--no-color",
    ]);
  } finally {
    clearTimeout(announce);
  }
  return loadSite();
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: REPOSITORY, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Building the website failed:\n${output.trim()}`));
    });
  });
}
