import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { say } from "./output.mjs";
import { listProjects } from "./workspace.ts";

/**
 * Part of `pnpm dev`: emits declarations whenever a source changes. `tsc -b --watch` does that too, but looks at each
 * file again and again, and keeps a processor busy with it.
 */

const SETTLED_MS = 100;
const SOURCE = /(^|[/\\])[^.][^/\\]*\.tsx?$/;

const root = process.cwd();
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
let build: ChildProcess | undefined;
let isOutdated = false;
let timer: NodeJS.Timeout | undefined;

function emit(): void {
  if (build !== undefined) {
    isOutdated = true;
    return;
  }
  isOutdated = false;
  const started = performance.now();
  build = spawn(process.execPath, [tsc, "-b"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  build.once("close", (code, signal) => {
    build = undefined;
    if (signal !== null) return;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(
      code === 0
        ? `Declarations are up to date (${seconds} s).`
        : "Some types don't fit: see above.",
    );
    if (isOutdated) emit();
  });
}

const watchers = listProjects(root)
  .map(({ directory }) => join(directory, "src"))
  .filter((directory) => existsSync(directory))
  .map((directory) =>
    watch(directory, { recursive: true }, (_event, file) => {
      if (file === null || !SOURCE.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(emit, SETTLED_MS);
    }),
  );

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
    build?.kill(signal);
  });
}

emit();
