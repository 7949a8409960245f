import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, open, readFile, realpath, rename, stat } from "node:fs/promises";
import { createServer, Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { administer } from "../driver/administer.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { type Credentials, ensureCluster, readCredentials } from "./cluster.ts";
import { acquireDataLock, type DataLock } from "./data-lock.ts";
import { EmbeddedServerError } from "./errors.ts";
import { endOrphans, readPostmasterFile } from "./orphans.ts";
import { isServerOf } from "./process-identity.ts";
import { findRunAs, type RunAs } from "./run-as.ts";

export { EmbeddedServerError } from "./errors.ts";

/** What the embedded server is doing, for whoever waits for it. */
export type EmbeddedServerStep = "ending an orphan" | "initialising" | "starting" | "ready";

export interface EmbeddedServerOptions {
  /** The embedded server's own directory: the data, the passwords and the log are kept in it. Made if need be. */
  readonly directory: string;
  readonly onProgress?: (step: EmbeddedServerStep) => void;
  /** PostgreSQL settings beside Lectern's own, e.g. `{ fsync: "off" }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default: a free one. */
  readonly port?: number;
  /** Milliseconds until the server must accept connections; recovery after a crash included. Default 60,000. */
  readonly startTimeoutMs?: number;
}

export interface EmbeddedServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether stop() asked for it. */
  readonly wasAsked: boolean;
  /** The last lines of the log. */
  readonly log: string;
}

export interface EmbeddedServer {
  /** For Lectern: the role that owns its database. */
  readonly url: string;
  /** For maintenance and tests: the role that may do everything. */
  readonly superuserUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<EmbeddedServerExit>;
  /** Fast shutdown: connections are cut, data is safe. Resolves when the server has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of its own for Lectern, and initialises it the first time. What a killed predecessor left behind is ended and recovered from;
 * and when this process dies, however hard, the server shuts itself down.
 *
 * @throws DataDirectoryInUse when another process runs one on that directory
 * @throws EmbeddedServerError
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const binaries = await findBinaries();
  // Others may pass through, to reach what is theirs in it.
  await mkdir(options.directory, { recursive: true, mode: 0o711 });
  const directory = await realpath(options.directory);
  const lock = await acquireDataLock(directory);
  try {
    return await start(binaries, directory, lock, options);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Address of the server that runs on a directory, for programs beside the one that started it; undefined when none does. */
export async function findEmbeddedServer(
  directory: string,
): Promise<{ readonly url: string } | undefined> {
  const data = await realpath(join(directory, "data")).catch(() => undefined);
  const running = data && (await readPostmasterFile(data));
  if (!running || !running.isReady || !(await isServerOf(running.pid, data))) return undefined;
  return { url: address("lectern", (await readCredentials(directory)).lectern, running.port) };
}

async function start(
  binaries: Binaries,
  directory: string,
  lock: DataLock,
  options: EmbeddedServerOptions,
): Promise<EmbeddedServer> {
  const progress = (step: EmbeddedServerStep) => options.onProgress?.(step);
  if (await endOrphans(join(directory, "data"))) progress("ending an orphan");
  const runAs = await findRunAs(binaries, directory);
  const credentials = await ensureCluster(binaries, runAs, directory, () =>
    progress("initialising"),
  );
  progress("starting");
  const { child, watchdog, port } = await launchReady(binaries, runAs, directory, options);
  let wasAsked = false;
  const exited = untilExit(child).then(async ({ code, signal }): Promise<EmbeddedServerExit> => {
    watchdog?.kill("SIGKILL");
    const [log] = await Promise.all([lastLines(directory), lock.release()]);
    return { code, signal, wasAsked, log };
  });
  const server: EmbeddedServer = {
    url: address("lectern", credentials.lectern, port),
    superuserUrl: address("postgres", credentials.superuser, port, "postgres"),
    port,
    pid: child.pid ?? 0,
    exited,
    async stop() {
      wasAsked = true;
      await shutDown(child, exited);
    },
  };
  try {
    await ensureDatabase(server.superuserUrl, credentials);
  } catch (error) {
    await server.stop();
    throw error;
  }
  progress("ready");
  return server;
}

const portAttempts = 3;

/** Launches the server on the port that was asked for, or on a free one, and waits until it accepts connections. */
async function launchReady(
  binaries: Binaries,
  runAs: RunAs,
  directory: string,
  options: EmbeddedServerOptions,
): Promise<{ child: ChildProcess; watchdog: ChildProcess | undefined; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const child = await launch(binaries, runAs, directory, port, options.settings ?? {});
    const watchdog = watch(child, join(directory, "data"));
    try {
      await untilReady(child, directory, options.startTimeoutMs ?? 60_000);
      return { child, watchdog, port };
    } catch (error) {
      await shutDown(child, untilExit(child));
      watchdog?.kill("SIGKILL");
      // Somebody was faster in taking what was free a moment ago.
      const isTaken = String(error).includes("could not bind") && options.port === undefined;
      if (!isTaken || attempt === portAttempts) throw error;
    }
  }
}

function untilExit(
  child: ChildProcess,
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const { exitCode: code, signalCode: signal } = child;
  if (code !== null || signal !== null) return Promise.resolve({ code, signal });
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
}

/** The settings of a database that shares a small machine with the application. */
const baseSettings: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  // Nobody replicates an embedded server.
  wal_level: "minimal",
  max_wal_senders: "0",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  logging_collector: "off",
  log_checkpoints: "off",
};

async function launch(
  binaries: Binaries,
  runAs: RunAs,
  directory: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const args = ["-D", join(directory, "data")];
  for (const [name, value] of Object.entries({ ...baseSettings, ...settings, port: String(port) }))
    args.push("-c", `${name}=${value}`);
  const log = await openLog(directory);
  try {
    // The log is a file, not a pipe: the server must be able to write to it when this process is gone.
    const child = runAs.spawn(binaries.postgres, args, ["ignore", log.fd, log.fd]);
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (cause) => {
        reject(
          new EmbeddedServerError(
            "start failed",
            `PostgreSQL could not be started: ${cause.message}`,
            { cause },
          ),
        );
      });
    });
    return child;
  } finally {
    await log.close();
  }
}

const logFile = "postgres.log";
const largestLog = 10_000_000;

async function openLog(directory: string) {
  const path = join(directory, logFile);
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size > largestLog) await rename(path, `${path}.1`);
  const log = await open(path, "a", 0o600);
  await chmod(path, 0o600);
  return log;
}

async function lastLines(directory: string): Promise<string> {
  const content = await readFile(join(directory, logFile), "utf8").catch(() => "");
  return content.trimEnd().split("\n").slice(-10).join("\n");
}

/**
 * A shell that waits for the end of a pipe whose other end this process holds: when this process is gone, even by kill -9, it shuts the server down.
 * It looks into postmaster.pid first, lest the id be somebody else's by then.
 */
function watch(child: ChildProcess, data: string): ChildProcess | undefined {
  if (process.platform === "win32" || child.pid === undefined) return undefined;
  const script = 'cat >/dev/null; test "$(head -n 1 "$2/postmaster.pid")" = "$1" && kill -INT "$1"';
  const watchdog = spawn("/bin/sh", ["-c", script, "sh", String(child.pid), data], {
    detached: true,
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.on("error", () => {});
  watchdog.stdin.on("error", () => {});
  // Neither keeps this process alive.
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  child.unref();
  return watchdog;
}

async function untilReady(child: ChildProcess, directory: string, patienceMs: number) {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new EmbeddedServerError(
        "start failed",
        `PostgreSQL ended at once:\n${await lastLines(directory)}`,
      );
    }
    const running = await readPostmasterFile(join(directory, "data"));
    if (running?.pid === child.pid && running?.isReady) return;
    await sleep(10);
  }
  throw new EmbeddedServerError(
    "start failed",
    `PostgreSQL did not become ready in ${patienceMs} ms:\n${await lastLines(directory)}`,
  );
}

async function shutDown(child: ChildProcess, exited: Promise<unknown>) {
  for (const [signal, patienceMs] of [
    ["SIGINT", 10_000],
    ["SIGQUIT", 3000],
    ["SIGKILL", 3000],
  ] as const) {
    child.kill(signal);
    const timeOut = new AbortController();
    const late = sleep(patienceMs, "late", { signal: timeOut.signal }).catch(() => "late");
    const outcome = await Promise.race([exited.then(() => "ended"), late]);
    timeOut.abort();
    if (outcome === "ended") return;
  }
}

/** Role and database of Lectern, which a first start makes. */
async function ensureDatabase(superuserUrl: string, { lectern }: Credentials) {
  await using admin = administer(superuserUrl);
  const [found] = await admin.run(
    "select exists (select from pg_database where datname = 'lectern') as found",
  );
  if (found?.["found"] === true) return;
  const [role] = await admin.run(
    "select exists (select from pg_roles where rolname = 'lectern') as found",
  );
  if (role?.["found"] !== true) await admin.run("create role lectern login");
  // base64url: nothing in it that SQL would have to quote.
  await admin.run(`alter role lectern with password '${lectern}'`);
  await admin.run("create database lectern owner lectern");
  await admin.run("revoke connect on database lectern from public");
}

function address(role: string, password: string, port: number, database = role): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** Free at the moment: somebody may still be faster, and then PostgreSQL says so. */
async function freePort(): Promise<number> {
  const probe = createServer();
  return await new Promise((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const bound = probe.address();
      probe.close(() =>
        bound && typeof bound === "object"
          ? resolve(bound.port)
          : reject(new Error("No free port")),
      );
    });
  });
}
