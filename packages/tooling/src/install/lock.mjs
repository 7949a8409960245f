import { linkSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { say } from "../output.mjs";

const POLL_MS = 250;
const HEARTBEAT_MS = 1000;
const SILENCE_MS = 10_000;

/**
 * Does something while no other process does it: waits for one that does, but not for one that has died.
 *
 * @template Result
 * @param {string} lock the file that says which process is at it
 * @param {() => Promise<Result>} work what to do
 * @returns {Promise<Result>}
 */
export async function whileLocked(lock, work) {
  await take(lock);
  const heartbeat = setInterval(() => utimesSync(lock, new Date(), new Date()), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(lock, { force: true });
  }
}

/** @param {string} lock the file that says which process is at it */
async function take(lock) {
  // A link appears with its content, or not at all: nobody reads half a number.
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    let hasSaidSo = false;
    while (!tryToLink(own, lock)) {
      const owner = readOwner(lock);
      if (owner === undefined) continue;
      if (!isAtWork(owner)) {
        rmSync(lock, { force: true });
        continue;
      }
      if (!hasSaidSo) say(`Waiting for another installation to finish (process ${owner.pid}).`);
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
 * @param {string} lock the file that says which process is at it
 * @returns {{ pid: number, silentMs: number } | undefined} that process, or nothing when the file has gone
 */
function readOwner(lock) {
  try {
    const pid = Number.parseInt(readFileSync(lock, "utf8"), 10);
    return { pid, silentMs: Date.now() - statSync(lock).mtimeMs };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * A process that died without a trace may have left its number to another, or stay on as a zombie: so it also has to
 * give a sign of life.
 *
 * @param {{ pid: number, silentMs: number }} owner who holds the lock
 * @returns {boolean}
 */
function isAtWork({ pid, silentMs }) {
  if (silentMs > SILENCE_MS) return false;
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
export function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
