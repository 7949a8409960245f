import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { connect } from "../connect.ts";
import { administer } from "../driver/administer.ts";
import { copyServerDirectory, makeTestDirectory } from "../testing/test-directory.ts";
import { waitFor } from "../testing/wait-for.ts";
import { DataDirectoryInUse } from "./data-lock.ts";
import { isAlive, processesIn } from "./process-identity.ts";
import {
  type EmbeddedServer,
  type EmbeddedServerStep,
  findEmbeddedServer,
  startEmbeddedServer,
} from "./server.ts";
import { superviseEmbeddedServer } from "./supervise.ts";

let initialised: string;
let parent: string;
let directory: string;
const running = new Set<{ stop(): Promise<void> }>();
const children = new Set<ChildProcess>();

/** A server's directory after its first start, for the tests that are about later ones. */
beforeAll(async () => {
  initialised = await makeTestDirectory();
  await (await startEmbeddedServer({ directory: initialised })).stop();
});

afterAll(async () => {
  await rm(initialised, { recursive: true, force: true });
});

beforeEach(async () => {
  parent = await makeTestDirectory();
  directory = join(parent, "postgres");
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await Promise.all([...running].map((server) => server.stop()));
  running.clear();
  children.clear();
  await rm(parent, { recursive: true, force: true });
});

async function copyInitialised() {
  await mkdir(directory);
  await copyServerDirectory(initialised, directory);
}

async function start(steps: EmbeddedServerStep[] = []): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ directory, onProgress: (step) => steps.push(step) });
  running.add(server);
  return server;
}

async function ask(url: string, question: string): Promise<readonly Record<string, unknown>[]> {
  await using admin = administer(url);
  return await admin.run(question);
}

test("the first start initialises, a later one finds what was written", async () => {
  const first: EmbeddedServerStep[] = [];
  const server = await start(first);
  expect(first).toEqual(["initialising", "starting", "ready"]);
  await ask(server.url, "create table kept as select 1 as one");
  expect(await findEmbeddedServer(directory)).toEqual({ url: server.url });
  await server.stop();
  expect(await server.exited).toMatchObject({ wasAsked: true });
  expect(await findEmbeddedServer(directory)).toBeUndefined();

  const second: EmbeddedServerStep[] = [];
  const again = await start(second);
  expect(second).toEqual(["starting", "ready"]);
  expect(await ask(again.url, "select one from kept")).toEqual([{ one: 1 }]);
});

test("it is PostgreSQL as Lectern wants it: UTF-8, letters of every script, UTC, and a role that is no superuser", async () => {
  await copyInitialised();
  const server = await start();
  const [settings] = await ask(
    server.url,
    `select current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
      (select rolsuper from pg_roles where rolname = current_user) as super`,
  );
  expect(settings).toEqual({ encoding: "UTF8", zone: "UTC", super: false });
  await ask(server.url, "create extension pg_trgm");
  expect(
    await ask(server.url, "select similarity('Ørsted', 'ørsted') as same, lower('ÆØÅ') as lower"),
  ).toEqual([{ same: 1, lower: "æøå" }]);
  await expect(connect({ url: server.url.replace(/:[^:@]+@/, ":wrong@") })).rejects.toThrow(
    /password/,
  );
});

test("passwords and data are nobody else's to read", async () => {
  await start();
  expect((await stat(join(directory, "credentials.json"))).mode & 0o077).toBe(0);
  expect((await stat(join(directory, "postgres.log"))).mode & 0o077).toBe(0);
  expect((await stat(join(directory, "data"))).mode & 0o077).toBe(0);
});

test("a directory that nobody else may enter serves all the same", async () => {
  await mkdir(directory, { mode: 0o700 });
  await chmod(parent, 0o700);
  const server = await start();
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a second start on the same directory is refused, and leaves the first alone", async () => {
  await copyInitialised();
  const server = await start();
  await expect(startEmbeddedServer({ directory })).rejects.toThrow(DataDirectoryInUse);
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a port that somebody else has is named, and nothing is left running", async () => {
  await copyInitialised();
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const address = holder.address();
  const port = address && typeof address === "object" ? address.port : 0;
  await expect(startEmbeddedServer({ directory, port })).rejects.toThrow(/could not bind/);
  await new Promise((resolve) => holder.close(resolve));
  expect(await processesIn(join(directory, "data"))).toEqual([]);
  await start();
});

test("an initialisation that was killed leaves nothing behind", async () => {
  await mkdir(join(directory, "data.00000000-0000-0000-0000-000000000000", "base"), {
    recursive: true,
  });
  await writeFile(join(directory, "password.00000000-0000-0000-0000-000000000000"), "x");
  await start();
  expect((await readdir(directory)).toSorted()).toEqual([
    "credentials.json",
    "data",
    "lock.json",
    "postgres.log",
  ]);
});

test("data of another version is refused with words", async () => {
  await copyInitialised();
  await (await start()).stop();
  await writeFile(join(directory, "data", "PG_VERSION"), "17\n");
  await expect(startEmbeddedServer({ directory })).rejects.toThrow(
    /PostgreSQL 17's.*PostgreSQL 18/s,
  );
});

test("when Lectern is killed, its server shuts itself down", async () => {
  await copyInitialised();
  const { child, pid, url } = await startInAnotherProcess();
  await ask(url, "create table kept as select 1 as one");
  child.kill("SIGKILL");
  await waitFor(() => !isAlive(pid), 10_000);
  const steps: EmbeddedServerStep[] = [];
  const again = await start(steps);
  expect(steps).toEqual(["starting", "ready"]);
  expect(await ask(again.url, "select one from kept")).toEqual([{ one: 1 }]);
});

test("a server that outlived Lectern all the same is ended by the next start", async () => {
  await copyInitialised();
  const { child, pid, url } = await startInAnotherProcess();
  await ask(url, "create table kept as select 1 as one");
  await killWatchdogOf(pid);
  child.kill("SIGKILL");
  await waitFor(() => !isAlive(child.pid ?? 0));
  expect(isAlive(pid)).toBe(true);
  const steps: EmbeddedServerStep[] = [];
  const again = await start(steps);
  expect(steps).toEqual(["ending an orphan", "starting", "ready"]);
  expect(isAlive(pid)).toBe(false);
  expect(await ask(again.url, "select one from kept")).toEqual([{ one: 1 }]);
});

test("a process that merely has the old server's id is left alone", async () => {
  await copyInitialised();
  // Whoever runs PostgreSQL runs this too: PostgreSQL by itself would take it for its predecessor, and refuse to start.
  const { uid, gid } = await stat(join(directory, "data"));
  const stranger = spawn("/bin/sleep", ["60"], {
    cwd: "/",
    ...(process.getuid?.() === 0 && { uid, gid }),
  });
  children.add(stranger);
  await writeFile(
    join(directory, "data", "postmaster.pid"),
    `${stranger.pid ?? 0}\n${join(directory, "data")}\n0\n5432\n`,
  );
  const server = await start();
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
});

test("after kill -9 of the server the supervisor brings it back at the same address, with what was committed", async () => {
  await copyInitialised();
  const crashes: (NodeJS.Signals | null)[] = [];
  const back = Promise.withResolvers<{ readonly pid: number }>();
  const server = await superviseEmbeddedServer({
    directory,
    onCrash: ({ signal }) => crashes.push(signal),
    onRestart: back.resolve,
    onGivenUp: back.reject,
  });
  running.add(server);
  await ask(server.url, "create table kept as select 1 as one");
  // A back end that is busy, and does not notice at once that its postmaster is gone.
  const busy = ask(server.url, "select count(*) from generate_series(1, 100000000)").catch(
    () => {},
  );
  const data = await realDataDirectory();
  const pid = await postmasterPid(data);
  process.kill(pid, "SIGKILL");
  const restarted = await back.promise;
  await busy;
  expect(crashes).toEqual(["SIGKILL"]);
  expect(restarted.pid).not.toBe(pid);
  expect(await ask(server.url, "select one from kept")).toEqual([{ one: 1 }]);
  await server.stop();
  expect(await processesIn(data)).toEqual([]);
});

test("a supervisor gives up on a server that dies again and again", async () => {
  await copyInitialised();
  const givenUp = Promise.withResolvers<unknown>();
  const data = join(directory, "data");
  const kill = async () => process.kill(await postmasterPid(data), "SIGKILL");
  const server = await superviseEmbeddedServer({
    directory,
    onRestart: () => void kill(),
    onGivenUp: givenUp.resolve,
  });
  running.add(server);
  await kill();
  expect(String(await givenUp.promise)).toMatch(/died 6 times/);
}, 60_000);

async function realDataDirectory(): Promise<string> {
  return await realpath(join(directory, "data"));
}

async function postmasterPid(data: string): Promise<number> {
  return Number((await readFile(join(data, "postmaster.pid"), "utf8")).split("\n")[0]);
}

/** Starts an embedded server as Lectern does, in a process that can be killed. */
async function startInAnotherProcess(): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const script = `
    import { startEmbeddedServer } from ${JSON.stringify(new URL("./server.ts", import.meta.url).href)};
    const server = await startEmbeddedServer({ directory: ${JSON.stringify(directory)} });
    process.stdout.write(JSON.stringify({ pid: server.pid, url: server.url }) + "\\n");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  const line = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk) => resolve(String(chunk))),
  );
  const started: unknown = JSON.parse(line);
  return { child, ...(started as { pid: number; url: string }) };
}

/** The shell that waits for Lectern's end, found by the id of the server that it would end. */
async function killWatchdogOf(serverPid: number) {
  for (const entry of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const command = (await readFile(`/proc/${entry}/cmdline`, "utf8").catch(() => "")).split("\0");
    if (command[0] === "/bin/sh" && command.includes(String(serverPid)))
      process.kill(Number(entry), "SIGKILL");
  }
}
