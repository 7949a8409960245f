import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, isServerOf, processesIn } from "./process-identity.ts";

/**
 * Ends whatever an earlier Lectern left running on a data directory: its PostgreSQL, which outlived a kill -9 of Lectern, or the back ends of a
 * PostgreSQL that was itself killed, which hold its shared memory. A process that merely got the id of either is left alone.
 * @param dataDirectory without symbolic links in it
 * @returns whether there was something to end
 */
export async function endOrphans(dataDirectory: string): Promise<boolean> {
  const pid = await postmasterPid(dataDirectory);
  const orphan = pid !== undefined && (await isServerOf(pid, dataDirectory)) ? pid : undefined;
  if (orphan !== undefined) {
    // Fast shutdown, immediate shutdown, and the hard way.
    for (const [signal, patienceMs] of [
      ["SIGINT", 5000],
      ["SIGQUIT", 2000],
      ["SIGKILL", 1000],
    ] as const) {
      kill(orphan, signal);
      if (await until(() => !isAlive(orphan), patienceMs)) break;
    }
  }
  let leftovers = await processesIn(dataDirectory);
  const found = orphan !== undefined || leftovers.length > 0;
  for (const signal of ["SIGQUIT", "SIGKILL"] as const) {
    if (leftovers.length === 0) break;
    for (const leftover of leftovers) kill(leftover, signal);
    await until(async () => (leftovers = await processesIn(dataDirectory)).length === 0, 2000);
  }
  // PostgreSQL would take a process that has the old one's id by now for its predecessor, and refuse to start.
  if (pid !== undefined && !(await isServerOf(pid, dataDirectory)))
    await rm(join(dataDirectory, "postmaster.pid"), { force: true });
  return found;
}

/** What a running server says about itself in `postmaster.pid` (PostgreSQL's miscadmin.h lists the lines). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

export async function readPostmasterFile(
  dataDirectory: string,
): Promise<PostmasterFile | undefined> {
  const content = await readFile(join(dataDirectory, "postmaster.pid"), "utf8").catch(
    () => undefined,
  );
  if (content === undefined) return undefined;
  const lines = content.split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
}

async function postmasterPid(dataDirectory: string): Promise<number | undefined> {
  const pid = (await readPostmasterFile(dataDirectory))?.pid;
  return pid !== undefined && Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

function kill(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** @returns whether it came true in time (milliseconds) */
async function until(
  condition: () => boolean | Promise<boolean>,
  patienceMs: number,
): Promise<boolean> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    if (await condition()) return true;
    await sleep(10);
  }
  return await condition();
}
