import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Which processors the server under test runs on, and which everything else does. As `taskset` writes lists. */
export interface Processors {
  readonly server: string;
  readonly rest: string;
}

/**
 * Reads a list of processors such as `0-2,5`.
 *
 * @throws RangeError for text that is none
 */
export function parseProcessorList(text: string): number[] {
  return text
    .trim()
    .split(",")
    .flatMap((part) => {
      const [, from, to = from] = /^(\d+)(?:-(\d+))?$/u.exec(part) ?? [];
      if (from === undefined) throw new RangeError(`"${text}" is no list of processors`);
      const first = Number(from);
      return Array.from({ length: Number(to) - first + 1 }, (_, index) => first + index);
    });
}

/**
 * Shares the processors out: the first one for the server alone, the others for database and load.
 *
 * @returns undefined where there is only one
 */
export function shareOut(allowed: readonly number[]): Processors | undefined {
  const [server, ...rest] = allowed;
  if (server === undefined || rest.length === 0) return undefined;
  return { server: String(server), rest: rest.join(",") };
}

/**
 * Moves this process, and so everything that it starts from now on, away from the server's processor.
 *
 * @returns how the processors are shared, or `undefined` where that can't be done: no `taskset`, or one processor
 */
export function pinThisProcess(): Processors | undefined {
  if (process.platform !== "linux") return undefined;
  const processors = shareOut(allowedProcessors());
  if (processors === undefined) return undefined;
  const { status } = spawnSync("taskset", ["-a", "-c", "-p", processors.rest, String(process.pid)]);
  return status === 0 ? processors : undefined;
}

function allowedProcessors(): number[] {
  const status = readFileSync("/proc/self/status", "utf8");
  return parseProcessorList(/^Cpus_allowed_list:\s*(\S+)/mu.exec(status)?.[1] ?? "");
}

/** @returns the command that runs another one on the server's processor */
export function onServerProcessor(
  processors: Processors | undefined,
  command: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  return processors === undefined ? command : ["taskset", "-c", processors.server, ...command];
}

/** @returns the command that runs another one on all processors, those of this process and the server's */
export function onAllProcessors(
  processors: Processors | undefined,
  command: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  return processors === undefined
    ? command
    : ["taskset", "-c", `${processors.server},${processors.rest}`, ...command];
}
