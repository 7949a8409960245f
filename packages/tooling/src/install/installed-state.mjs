import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ directory: string, manifest: Manifest }} Project */
/**
 * @typedef {{
 *   packageManager?: string,
 *   dependencies?: Record<string, string>,
 *   devDependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string>,
 * }} Manifest
 */

const STAMP = join("node_modules", ".lectern-installed");

/**
 * @param {string} root the repository's folder
 * @returns {Project[]} the root package, and those of the workspace
 */
function readProjects(root) {
  const directories = ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(root, group, entry.name))
      .filter((directory) => existsSync(join(directory, "package.json"))),
  );
  return [root, ...directories.sort()].map((directory) => ({
    directory,
    manifest: JSON.parse(readFileSync(join(directory, "package.json"), "utf8")),
  }));
}

/**
 * @param {string} root the repository's folder
 * @returns {Manifest} the root package's manifest
 */
export function readRootManifest(root) {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
}

/**
 * What an installation depends on, as one short text: every manifest, the lockfile, pnpm's settings, the patches, and
 * the platform, since a folder may be shared between machines.
 *
 * @param {string} root the repository's folder
 * @returns {string} equal for equal installations
 */
function wantedState(root) {
  const projects = readProjects(root);
  const files = [
    ...["pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.mjs"].map((name) => join(root, name)),
    ...projects.map(({ directory }) => join(directory, "package.json")),
    ...projects.flatMap(({ directory }) => listPatches(join(directory, "patches"))),
  ];
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const file of files) hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file));
  return hash.digest("hex");
}

/**
 * @param {string} folder where a package may keep its patches of other packages
 * @returns {string[]} the files in it
 */
function listPatches(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Whether the last complete installation is the one that is wanted now, and still there. It takes a few milliseconds:
 * each package's folder of dependencies is looked for, not read.
 *
 * @param {string} root the repository's folder
 * @returns {boolean}
 */
export function isInstalled(root) {
  const stamp = join(root, STAMP);
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wantedState(root)) return false;
  return readProjects(root).every(({ directory, manifest }) => {
    const { dependencies = {}, devDependencies = {} } = manifest;
    const needs = Object.keys({ ...dependencies, ...devDependencies });
    return needs.length === 0 || existsSync(join(directory, "node_modules"));
  });
}

/**
 * Forgets the last installation, so that one that is interrupted from here on counts as none.
 *
 * @param {string} root the repository's folder
 */
export function markAsChanging(root) {
  rmSync(join(root, STAMP), { force: true });
}

/**
 * Notes that what is wanted now has been installed completely.
 *
 * @param {string} root the repository's folder
 */
export function markAsInstalled(root) {
  writeFileSync(join(root, STAMP), wantedState(root));
}
