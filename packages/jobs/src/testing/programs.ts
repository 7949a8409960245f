import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { QUICK_START } from "@lectern/database/testing/quick-start";

/** Programs of this folder that tests start as processes of their own, to kill them. */
export type Program = "relay-again-and-again" | "work-until-killed";

export interface RunningProgram extends AsyncDisposable {
  /** What it has printed so far. */
  readonly output: () => string;
  /** Ends it as kill -9 does; resolves when it is gone. */
  kill(): Promise<void>;
}

export function startProgram(program: Program, ...args: string[]): RunningProgram {
  const path = fileURLToPath(new URL(`./${program}.ts`, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [path, ...args], {
    env: { ...process.env, ...QUICK_START },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
  });
  const kill = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  return { output: () => output, kill, [Symbol.asyncDispose]: kill };
}
