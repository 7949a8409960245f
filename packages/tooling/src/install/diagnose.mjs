import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { codeOf } from "./lock.mjs";

const REGISTRY = process.env["npm_config_registry"] ?? "https://registry.npmjs.org/";
const LEAST_SPACE = 300 * 1024 * 1024;
const PATIENCE_MS = 5000;
/** What the system and Node's fetch call a machine without a network. Other failures, such as of certificates, are none. */
const OFFLINE = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Finds a folder that the installation has to write to, and may not.
 *
 * @param {string} root the repository's folder
 * @returns {string | undefined} what is wrong, or nothing
 */
export function findFolderWithoutPermission(root) {
  const folders = [root, join(root, "node_modules"), join(root, "node_modules", ".pnpm")];
  const cache = process.env["npm_config_cache"];
  if (cache !== undefined) folders.push(cache);
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    try {
      accessSync(folder, constants.W_OK);
    } catch {
      return (
        `You may not write to ${folder}: it may have been made by another user, such as root.\n` +
        "Give it to yourself, or remove it as that user, then run the same command again."
      );
    }
  }
  return undefined;
}

/**
 * @param {string} root the repository's folder
 * @returns {string | undefined} what is wrong, or nothing
 */
function findFullDisk(root) {
  for (const folder of [root, homedir()]) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < LEAST_SPACE) {
      const megabytes = Math.floor((bavail * bsize) / (1024 * 1024));
      return `The disk that holds ${folder} is full: ${megabytes} MB are left, and Lectern needs about 1 GB.`;
    }
  }
  return undefined;
}

/** @returns {Promise<string | undefined>} what is wrong, or nothing */
async function findRegistryOutOfReach() {
  // Node's fetch knows nothing of proxies: behind one it would find nothing within reach.
  const isBehindProxy = ["HTTPS_PROXY", "https_proxy", "npm_config_https_proxy"].some(
    (name) => process.env[name] !== undefined,
  );
  if (isBehindProxy) return undefined;
  try {
    await fetch(REGISTRY, { method: "HEAD", signal: AbortSignal.timeout(PATIENCE_MS) });
    return undefined;
  } catch (error) {
    const isOffline =
      error instanceof Error &&
      (error.name === "TimeoutError" || OFFLINE.has(String(codeOf(error.cause))));
    return isOffline
      ? `The package registry ${REGISTRY} is out of reach: is this machine online?`
      : undefined;
  }
}

/**
 * Looks for the reason of an installation that failed. It asks the machine, rather than to read what pnpm printed.
 *
 * @param {string} root the repository's folder
 * @returns {Promise<string>} the likeliest reason, and what to do
 */
export async function explainFailure(root) {
  return (
    findFolderWithoutPermission(root) ??
    findFullDisk(root) ??
    (await findRegistryOutOfReach()) ??
    "What pnpm printed above says why. Running the same command again goes on from here."
  );
}
