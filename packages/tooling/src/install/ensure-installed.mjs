import { spawn } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { complain, say } from "../output.mjs";
import { explainFailure, findFolderWithoutPermission } from "./diagnose.mjs";
import {
  isInstalled,
  markAsChanging,
  markAsInstalled,
  readRootManifest,
} from "./installed-state.mjs";
import { findFaultWithNode } from "./pinned-node.mjs";

const POLL_MS = 250;

/**
 * Installs what the lockfile names, unless that has been done. Several may call it at once: one installs, the others
 * wait for it.
 *
 * @param {URL} rootUrl the repository's folder
 * @returns {Promise<number>} the exit code: 0 when everything is installed
 */
export async function ensureInstalled(rootUrl) {
  const root = join(fileURLToPath(rootUrl), sep);
  if (isInstalled(root)) return 0;

  const forbidden = findFolderWithoutPermission(root);
  if (forbidden !== undefined) {
    complain(forbidden);
    return 1;
  }
  const lock = join(root, "node_modules", ".lectern-installing");
  try {
    mkdirSync(dirname(lock), { recursive: true });
    await takeLock(lock);
    try {
      return isInstalled(root) ? 0 : await install(root);
    } finally {
      rmSync(lock, { force: true });
    }
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
  const environment = { ...process.env, PNPM_CONFIG_CONFIRM_MODULES_PURGE: "false" };
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
 * Waits until no other installation runs here, and notes that this one does.
 *
 * @param {string} lock the file that says which process installs
 */
async function takeLock(lock) {
  // A link appears with its content, or not at all: nobody reads half a number.
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    let hasSaidSo = false;
    while (!tryToLink(own, lock)) {
      const owner = readOwner(lock);
      if (owner === undefined) continue;
      if (!isAlive(owner)) {
        rmSync(lock, { force: true });
        continue;
      }
      if (!hasSaidSo) say(`Waiting for another installation to finish (process ${owner}).`);
      hasSaidSo = true;
      await wait(POLL_MS);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * @param {string} from an existing file
 * @param {string} to what it shall be called as well
 * @returns {boolean} whether it is, or something else was
 */
function tryToLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {string} lock the file that says which process installs
 * @returns {number | undefined} that process, or nothing when the file has gone
 */
function readOwner(lock) {
  try {
    return Number.parseInt(readFileSync(lock, "utf8"), 10);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * @param {number} pid a process id
 * @returns {boolean} whether that process runs
 */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/**
 * @param {unknown} error
 * @returns {unknown} the system's code for it, such as ENOENT
 */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
