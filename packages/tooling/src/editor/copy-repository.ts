import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ROOT } from "../workspace.ts";

const LEFT_OUT = new Set([
  ".cache",
  "dist",
  "release",
  "test-results",
  ".turbo",
  ".lectern",
  ".vite",
]);

/**
 * Copies the sources of all packages, as a fresh clone has them: nothing is built. Dependencies are those of this
 * checkout, and each package finds the copies of the others.
 *
 * @returns the copy's folder, and how to remove it
 */
export function copyRepository(): { directory: string; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), "lectern-copy-"));
  for (const group of ["apps", "packages"]) {
    cpSync(join(ROOT, group), join(directory, group), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !LEFT_OUT.has(basename(path)),
    });
  }
  for (const file of ["package.json", "tsconfig.base.json", "tsconfig.json"]) {
    cpSync(join(ROOT, file), join(directory, file));
  }
  symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"));
  return { directory, remove: () => rmSync(directory, { recursive: true }) };
}
