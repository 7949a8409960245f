import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ProcessIdentity, identifyProcess } from "@lectern/database/embedded/process-identity";
import { QUICK_START } from "@lectern/database/testing/quick-start";
import { waitFor } from "@lectern/database/testing/wait-for";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

const READY_WITHIN_MS = 30_000;

export interface LecternProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it printed so far, on both streams. */
  readonly output: () => string;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Resolves when `/readyz` says so; rejects when the process ends before. */
  ready(): Promise<void>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, "localhost", resolve);
  });
  const address: AddressInfo | string | null = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  if (address === null || typeof address === "string") throw new Error("There is no free port");
  return address.port;
}

/** A folder of a test's own, gone with everything in it afterwards. */
export async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), "lectern-test-"));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Starts the server as a process of its own, as an operator would. */
export function startLectern(environment: Record<string, string>): LecternProcess {
  const child = spawn(process.execPath, [MAIN], {
    cwd: dirname(MAIN),
    env: { PATH: process.env["PATH"] ?? "", HOME: tmpdir(), ...QUICK_START, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  let isOver = false;
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, signal) => {
      isOver = true;
      resolve({ code, signal });
    });
  });
  const url = `http://localhost:${environment["PORT"]}`;
  return {
    child,
    url,
    output: () => output,
    exited,
    ready: async () => {
      await waitFor(async () => {
        if (isOver) throw new Error(`The server ended:\n${output}`);
        const answer = await fetch(`${url}/readyz`).catch(() => undefined);
        return answer?.ok === true;
      }, READY_WITHIN_MS);
    },
  };
}

/** The embedded PostgreSQL of a data folder, told from a later process with the same id. */
export async function postmasterOf(dataFolder: string): Promise<ProcessIdentity> {
  const file = await readFile(join(dataFolder, "postgres/data/postmaster.pid"), "utf8");
  return identifyProcess(Number(file.split("\n", 1)[0]));
}
