import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A stock of time, for waiting until others are quiet and for measuring again what they disturbed. When it is used up,
 * things are taken as they come.
 */
export interface Patience {
  /** Waits until nobody else is busy, or the signal says that there is nothing to wait for. */
  untilQuiet(signal: AbortSignal): Promise<void>;
  /** @returns whether so many milliseconds could be taken from the stock: a disturbed round may be repeated for them */
  take(milliseconds: number): boolean;
}

/** Below this share of all processors a machine counts as quiet. */
const QUIET_SHARE = 0.1;
const LOOK_MS = 500;

/**
 * @param milliseconds in stock
 * @param look how busy the machine is, as a share of all its processors; takes its time to find out
 */
export function createPatience(
  milliseconds: number,
  look: () => Promise<number | undefined> = lookAround,
): Patience {
  let left = milliseconds;
  return {
    async untilQuiet(signal) {
      while (left > 0 && !signal.aborted) {
        const begun = performance.now();
        const busy = await look();
        if (busy === undefined || busy < QUIET_SHARE) return;
        left -= performance.now() - begun;
      }
    },
    take(wanted) {
      const isThere = left >= wanted;
      if (isThere) left -= wanted;
      return isThere;
    },
  };
}

/** @returns the share over half a second, or undefined where the system does not tell */
async function lookAround(): Promise<number | undefined> {
  const before = readProcessors();
  await sleep(LOOK_MS);
  const after = readProcessors();
  return before && after && (after.busy - before.busy) / Math.max(1, after.all - before.all);
}

function readProcessors() {
  if (process.platform !== "linux") return undefined;
  return totalTicks(readFileSync("/proc/stat", "utf8"));
}

/** All processors together: the line `cpu` of `/proc/stat` (proc_stat(5)). */
export function totalTicks(stat: string): { busy: number; all: number } {
  const ticks = /^cpu +(.*)$/mu.exec(stat)?.[1]?.split(" ").slice(0, 8).map(Number) ?? [];
  const all = ticks.reduce((sum, count) => sum + count, 0);
  const [, , , idle = 0, waiting = 0] = ticks;
  return { busy: all - idle - waiting, all };
}
