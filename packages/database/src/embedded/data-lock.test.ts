import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquireDataLock, DataDirectoryInUse, type DataLock, dataLockHolder } from "./data-lock.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lectern-lock-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function writeLock(content: string) {
  await writeFile(join(directory, "lock.json"), content);
}

test("a second start is told who holds the directory, and where", async () => {
  const lock = await acquireDataLock(directory);
  await lock.announce("http://localhost:3000");
  const failure = await acquireDataLock(directory).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DataDirectoryInUse);
  expect(failure).toMatchObject({ holder: { pid: process.pid, url: "http://localhost:3000" } });
  await lock.release();
  expect(await dataLockHolder(directory)).toBeUndefined();
  await (await acquireDataLock(directory)).release();
  expect(await readdir(directory)).toEqual([]);
});

test("the lock of a process that is gone counts for nothing", async () => {
  await writeLock(
    JSON.stringify({ pid: 2 ** 22 - 1, started: "x", since: "2026-01-01T00:00:00Z" }),
  );
  const lock = await acquireDataLock(directory);
  expect(await dataLockHolder(directory)).toMatchObject({ pid: process.pid });
  await lock.release();
});

test("nor does that of an earlier process with the same id", async () => {
  await writeLock(
    JSON.stringify({
      pid: process.pid,
      started: "an earlier boot/1",
      since: "2026-01-01T00:00:00Z",
    }),
  );
  await expect(acquireDataLock(directory)).resolves.toBeDefined();
});

test.each(["", "{", "[]", '{"pid":"1"}'])("nor does what is no lock: %j", async (content) => {
  await writeLock(content);
  await expect(acquireDataLock(directory)).resolves.toBeDefined();
});

test("of many that find the same stale lock, one gets the directory", async () => {
  for (let round = 0; round < 20; round++) {
    await writeLock(
      JSON.stringify({
        pid: process.pid,
        started: `stale ${round}`,
        since: "2026-01-01T00:00:00Z",
      }),
    );
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, () => acquireDataLock(directory)),
    );
    const held = attempts.filter(
      (attempt): attempt is PromiseFulfilledResult<DataLock> => attempt.status === "fulfilled",
    );
    expect(held).toHaveLength(1);
    await held[0]?.value.release();
  }
});

test("only its holder's release takes a lock away", async () => {
  const lock = await acquireDataLock(directory);
  const other = JSON.stringify({ pid: 1, started: "", since: "2026-01-01T00:00:00Z" });
  await writeLock(other);
  await lock.release();
  expect(await readFile(join(directory, "lock.json"), "utf8")).toBe(other);
});
