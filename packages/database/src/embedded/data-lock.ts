import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess, isRunning } from "./process-identity.ts";

/** Who holds a data directory. */
export interface LockHolder {
  readonly pid: number;
  /** Where the holder can be reached, once it said so. */
  readonly url?: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Another process works on this directory. */
export class DataDirectoryInUse extends Error {
  override readonly name = "DataDirectoryInUse";
  readonly holder: LockHolder;

  constructor(directory: string, holder: LockHolder) {
    super(
      `${directory} is in use by process ${holder.pid}${holder.url ? ` at ${holder.url}` : ""}`,
    );
    this.holder = holder;
  }
}

export interface DataLock {
  /** Tells whoever tries next where this process can be reached. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

interface LockRecord extends LockHolder {
  readonly started: string;
}

const fileName = "lock.json";

/**
 * Takes a data directory for this process alone. A lock that was left behind by a process that is gone (kill -9, power loss) counts for
 * nothing: its holder is recognised by its id and its start time.
 * @throws DataDirectoryInUse while another process holds it
 */
export async function acquireDataLock(directory: string): Promise<DataLock> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, fileName);
  const mine: LockRecord = {
    ...(await identifyProcess(process.pid)),
    since: new Date().toISOString(),
  };
  for (;;) {
    if (await create(path, serialise(mine))) return lockOf(path, mine);
    const found = await read(path);
    if (found === undefined) continue;
    const holder = parse(found);
    if (holder && (await isRunning(holder))) throw new DataDirectoryInUse(directory, holder);
    if (await replaceStale(path, found, serialise(mine))) return lockOf(path, mine);
  }
}

/** Who holds a directory at the moment; undefined when nobody does. */
export async function dataLockHolder(directory: string): Promise<LockHolder | undefined> {
  const holder = parse((await read(join(directory, fileName))) ?? "");
  return holder && (await isRunning(holder)) ? holder : undefined;
}

function lockOf(path: string, mine: LockRecord): DataLock {
  let content = serialise(mine);
  return {
    async announce(url) {
      content = serialise({ ...mine, url });
      const temporary = `${path}.${randomUUID()}`;
      await writeFile(temporary, content);
      await rename(temporary, path);
    },
    async release() {
      if ((await read(path)) === content) await rm(path, { force: true });
    },
  };
}

/** Creates the file with all of its content or not at all. @returns false when there is one */
async function create(path: string, content: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, content);
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    // A file system without hard links.
    return await createExclusively(path, content);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function createExclusively(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Longer than this nobody takes to replace a stale lock: whoever began it was killed. */
const patienceMs = 5000;

/** Puts a lock in the place of a stale one. One process at a time may, lest a second one takes away what the first has just put there. */
async function replaceStale(path: string, found: string, content: string): Promise<boolean> {
  const turn = `${path}.turn`;
  if (!(await create(turn, ""))) {
    const began = (await stat(turn).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - began > patienceMs) await rm(turn, { force: true });
    await sleep(5);
    return false;
  }
  try {
    if ((await read(path)) !== found) return false;
    const temporary = `${path}.${randomUUID()}`;
    await writeFile(temporary, content);
    await rename(temporary, path);
    return true;
  } finally {
    await rm(turn, { force: true });
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function serialise(record: LockRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function parse(content: string): LockRecord | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return isLockRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLockRecord(value: unknown): value is LockRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "pid" in value &&
    typeof value.pid === "number" &&
    "started" in value &&
    typeof value.started === "string" &&
    "since" in value &&
    typeof value.since === "string" &&
    (!("url" in value) || typeof value.url === "string")
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
