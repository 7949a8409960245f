import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { plainEnvironment } from "../config.ts";
import { type Processors, onServerProcessor } from "../machine/processors.ts";

/** A server under test, in a process of its own on the server's processor. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
  /** Such as `http://127.0.0.1:3000`. */
  readonly origin: string;
}

export interface ServerProcessOptions {
  readonly name: string;
  /** Path of the program. */
  readonly program: string;
  readonly args?: readonly string[];
  /** Addresses of modules that are loaded before it. */
  readonly preloaded?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly port: number;
  /** Says that it is ready by a good status; `/readyz` by default. */
  readonly readyPath?: string;
  /** Where it is started; where the benchmark was by default. */
  readonly workingFolder?: string;
  /** Where its log is written. */
  readonly folder: string;
  readonly processors: Processors | undefined;
}

const PRELOADED = new URL("end-with-parent.ts", import.meta.url).href;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const LOG_END = 2000;

/**
 * Starts a server and waits until it says that it is ready.
 *
 * @throws Error with the end of its log when it does not become ready
 */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const logPath = join(options.folder, `${options.name.replaceAll(/\W+/gu, "-")}.log`);
  const log = await open(logPath, "w");
  try {
    const child = await launch(options, log);
    const origin = `http://127.0.0.1:${options.port}`;
    try {
      await untilReady(child, `${origin}${options.readyPath ?? "/readyz"}`);
    } catch (error) {
      await stop(child);
      const printed = (await readFile(logPath, "utf8")).slice(-LOG_END);
      throw new Error(`${options.name} did not start:\n${printed}`, { cause: error });
    }
    return { pid: child.pid ?? 0, origin, [Symbol.asyncDispose]: () => stop(child) };
  } finally {
    await log.close();
  }
}

async function launch(options: ServerProcessOptions, log: FileHandle): Promise<ChildProcess> {
  const [program, ...args] = onServerProcessor(options.processors, [
    process.execPath,
    ...[PRELOADED, ...(options.preloaded ?? [])].flatMap((module) => ["--import", module]),
    options.program,
    ...(options.args ?? []),
  ]);
  const child = spawn(program, args, {
    env: { ...plainEnvironment(), ...options.environment },
    cwd: options.workingFolder,
    // The channel is there to be gone when this process is.
    stdio: ["ignore", log.fd, log.fd, "ipc"],
  });
  await once(child, "spawn");
  return child;
}

async function untilReady(child: ChildProcess, address: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("It has ended");
    const isReady = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(20);
  }
  throw new Error(`It was not ready after ${START_TIMEOUT_MS} ms`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill();
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(late);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port");
  return address.port;
}
