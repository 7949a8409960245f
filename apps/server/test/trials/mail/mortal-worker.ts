import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { QUICK_START } from "@lectern/database/testing/quick-start";

const WORKER = fileURLToPath(new URL("../../../src/worker.ts", import.meta.url));

/** Lectern's worker as a process of its own, which is killed and started again. */
export interface MortalWorker extends AsyncDisposable {
  /** Resolves once it runs jobs. */
  ready(): Promise<void>;
  /** Ends it as kill -9 does; resolves when it is gone and another one is starting. */
  kill(): Promise<void>;
}

/** @param environment of the process: its configuration */
export function startMortalWorker(environment: Readonly<Record<string, string>>): MortalWorker {
  let life = begin(environment);
  return {
    ready: () => life.ready(),
    kill: async () => {
      await life.end();
      life = begin(environment);
    },
    [Symbol.asyncDispose]: () => life.end(),
  };
}

function begin(environment: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn(process.execPath, [WORKER], {
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"] ?? "", HOME: tmpdir(), ...QUICK_START, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let isOver = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      isOver = true;
      resolve();
    });
  });
  return {
    async ready() {
      while (!output.includes('"msg":"ready"')) {
        if (isOver) throw new Error(`The worker ended:\n${output}`);
        await sleep(10);
      }
    },
    async end() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
