import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { complain, say } from "../output.mjs";
import { explainFailure, findFolderWithoutPermission } from "./diagnose.mjs";
import {
  isInstalled,
  markAsChanging,
  markAsInstalled,
  readRootManifest,
} from "./installed-state.mjs";
import { codeOf, whileLocked } from "./lock.mjs";
import { findFaultWithNode } from "./pinned-node.mjs";

/**
 * Installs what the lockfile names. Several may call it at once: one installs, the others wait for it.
 *
 * @param {string} root the repository's folder
 * @returns {Promise<number>} the exit code: 0 when everything is installed
 */
export async function ensureInstalled(root) {
  const forbidden = findFolderWithoutPermission(root);
  if (forbidden !== undefined) {
    complain(forbidden);
    return 1;
  }
  const lock = join(root, "node_modules", ".lectern-installing");
  try {
    mkdirSync(dirname(lock), { recursive: true });
    return await whileLocked(lock, async () => (isInstalled(root) ? 0 : await install(root)));
  } catch (error) {
    complain(`${messageOf(error)}\n${await explainFailure(root)}`);
    return 1;
  }
}

/**
 * @param {string} root the repository's folder
 * @returns {Promise<number>} the exit code
 */
async function install(root) {
  const pnpm = readRootManifest(root).packageManager ?? "pnpm";
  say(
    `Installing what Lectern is made of into node_modules, with ${pnpm.replace("@", " ")} by way of npx.\n` +
      "This is done once, and again whenever the list of dependencies changes.\n",
  );
  const started = Date.now();
  markAsChanging(root);
  const { code, isInterrupted } = await runPnpm(root, pnpm);
  if (isInterrupted) return 130;
  if (code !== 0) {
    complain(`\nLectern could not be installed. ${await explainFailure(root)}`);
    return 1;
  }
  const fault = findFaultWithNode(root);
  if (fault !== undefined) {
    complain(`\n${fault}`);
    return 1;
  }
  markAsInstalled(root);
  say(`\nInstalled in ${Math.ceil((Date.now() - started) / 1000)} s.\n`);
  return 0;
}

/**
 * Runs pnpm's installation, and passes signals on to it.
 *
 * @param {string} root the repository's folder
 * @param {string} pnpm its name and version for npx
 * @returns {Promise<{ code: number, isInterrupted: boolean }>} its exit code, and whether it was told to stop
 */
function runPnpm(root, pnpm) {
  const [command, ...first] = findNpx();
  /** @type {NodeJS.ProcessEnv} */
  const environment = {
    // Offline, npm would try for more than a minute before it says so.
    npm_config_fetch_retry_mintimeout: "1000",
    npm_config_fetch_retry_maxtimeout: "5000",
    ...process.env,
    PNPM_CONFIG_CONFIRM_MODULES_PURGE: "false",
  };
  // In production pnpm would leave out what builds the site.
  delete environment["NODE_ENV"];
  const child = spawn(
    command,
    [...first, "--yes", pnpm, "--dir", root, "install", "--frozen-lockfile"],
    // From within the repository, npx would prefer a pnpm that an interrupted installation left behind.
    { cwd: tmpdir(), env: environment, stdio: ["ignore", "inherit", "inherit"] },
  );
  let isInterrupted = false;
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    isInterrupted = true;
    child.kill(signal);
  };
  process.on("SIGINT", forward).on("SIGTERM", forward);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      complain(
        codeOf(error) === "ENOENT"
          ? "npx was not found. It comes with npm: install Node from https://nodejs.org, or your system's package npm."
          : `npx could not be started: ${error.message}`,
      );
    });
    child.once("close", (code) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      resolve({ code: code ?? 1, isInterrupted });
    });
  });
}

/**
 * Finds the npx of the npm that started this, which need not be on the path.
 *
 * @returns {[string, ...string[]]} the command and its first arguments
 */
function findNpx() {
  const npm = process.env["npm_execpath"];
  const besideNpm = npm === undefined ? undefined : join(dirname(npm), "npx-cli.js");
  if (besideNpm !== undefined && existsSync(besideNpm)) return [process.execPath, besideNpm];
  return [process.platform === "win32" ? "npx.cmd" : "npx"];
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
