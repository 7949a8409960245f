import { readFileSync } from "node:fs";
import type { Processors } from "./processors.ts";

/** Linux counts processor time in hundredths of a second, for every program that asks (`USER_HZ`, time(7)). */
const MICROSECONDS_A_TICK = 10_000;

/** Processor time spent so far, in microseconds. */
export interface Usage {
  readonly byProcess: number;
  /** By everybody on the server's processor, or `undefined` where nothing is pinned. */
  readonly onProcessor: number | undefined;
  /** When it was looked at, in milliseconds. */
  readonly at: number;
}

/** @returns `undefined` where the system does not tell (it is not Linux), or the process is gone */
export function usageOf(pid: number, processors: Processors | undefined): Usage | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return {
      byProcess: processTicks(stat) * MICROSECONDS_A_TICK,
      onProcessor:
        processors &&
        busyTicks(readFileSync("/proc/stat", "utf8"), processors.server) * MICROSECONDS_A_TICK,
      at: performance.now(),
    };
  } catch {
    return undefined;
  }
}

/** `utime + stime` of `/proc/<pid>/stat` (proc_pid_stat(5)), all threads together. */
export function processTicks(stat: string): number {
  // The name of the program stands in parentheses and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** What a processor did not idle or wait: the line `cpu<number>` of `/proc/stat` (proc_stat(5)). */
export function busyTicks(stat: string, processor: string): number {
  const line = stat.split("\n").find((candidate) => candidate.startsWith(`cpu${processor} `));
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, softInterrupts = 0, stolen = 0] =
    line?.trim().split(/\s+/u).slice(1).map(Number) ?? [];
  return user + nice + system + interrupts + softInterrupts + stolen;
}

/** Share of the server's processor that others took between two looks: 0 for a quiet machine, 1 for a hopeless one. */
export function othersShare(before: Usage, after: Usage): number | null {
  if (before.onProcessor === undefined || after.onProcessor === undefined) return null;
  const busy = after.onProcessor - before.onProcessor;
  const own = after.byProcess - before.byProcess;
  const elapsed = (after.at - before.at) * 1000;
  return Math.min(1, Math.max(0, (busy - own) / elapsed));
}
