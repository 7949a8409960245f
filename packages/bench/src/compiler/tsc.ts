import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { plainEnvironment } from "../config.ts";

/** TypeScript's compiler, as a build calls it. */

const TSC = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")));
const KIB = 1024;

export interface TscOptions {
  /** Puts a command on the processors that it is to run on. */
  readonly placed?: (command: readonly [string, ...string[]]) => readonly [string, ...string[]];
  readonly cwd?: string;
}

/**
 * @returns what it printed
 * @throws Error with what the compiler found
 */
export async function runTsc(
  args: readonly string[],
  { placed = (command) => command, cwd }: TscOptions = {},
): Promise<string> {
  const [program, ...rest] = placed([process.execPath, TSC, ...args]);
  try {
    const { stdout } = await promisify(execFile)(program, rest, { cwd, env: plainEnvironment() });
    return stdout;
  } catch (error) {
    const found = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
    throw new Error(`tsc ${args.join(" ")} failed:\n${found}`, { cause: error });
  }
}

/** @returns how many seconds the compiler took, its start included */
export async function secondsOfTsc(args: readonly string[], options?: TscOptions): Promise<number> {
  const begun = performance.now();
  await runTsc(args, options);
  return (performance.now() - begun) / 1000;
}

/** What the compiler says of itself when asked for `--extendedDiagnostics`. */
export interface Diagnostics {
  readonly files: number;
  readonly lines: number;
  readonly types: number;
  readonly instantiations: number;
  readonly memoryMiB: number;
}

/** @throws Error where a figure is missing */
export function readDiagnostics(printed: string): Diagnostics {
  function figure(name: string): number {
    const [, digits] = new RegExp(`^${name}:\\s+(\\d+)`, "mu").exec(printed) ?? [];
    if (digits === undefined) throw new Error(`tsc says nothing of "${name}":\n${printed}`);
    return Number(digits);
  }
  return {
    files: figure("Files"),
    lines: figure("Lines"),
    types: figure("Types"),
    instantiations: figure("Instantiations"),
    memoryMiB: figure("Memory used") / KIB,
  };
}

/** @returns a sentence for the notes of a row */
export function describeDiagnostics(name: string, found: Diagnostics): string {
  const count = (value: number) => value.toLocaleString("en");
  return (
    `Against ${name}, the compiler reads ${count(found.files)} files with ${count(found.lines)} lines, makes ` +
    `${count(found.types)} types and ${count(found.instantiations)} instantiations, and uses ${Math.round(found.memoryMiB)} MiB.`
  );
}
