import { chmod, chown, constants, cp, lstat, mkdtemp, readdir, rm, statfs } from "node:fs/promises";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { dataLockHolder } from "../embedded/data-lock.ts";

const prefix = "lectern-test-";
/** Memory that looks like a file system, where Linux has it. */
const memoryFolder = "/dev/shm";
/** Far more than a run of tests needs; containers often have 64 MB, which is not enough. */
const enoughMemory = 2 ** 31;

/** A directory for an embedded server of tests: in memory where there is plenty, as databases by the dozen are a lot of writing for a disk. */
export async function makeTestDirectory(): Promise<string> {
  const space = await statfs(memoryFolder).catch(() => undefined);
  const isRoomy =
    space !== undefined && space.bavail * space.bsize > enoughMemory && freemem() > enoughMemory;
  const directory = await mkdtemp(join(isRoomy ? memoryFolder : tmpdir(), prefix));
  // Root's tests run PostgreSQL as somebody else.
  await chmod(directory, 0o711);
  return directory;
}

/** Removes the directories of test runs that were killed. */
export async function removeAbandonedTestDirectories(): Promise<void> {
  for (const folder of [memoryFolder, tmpdir()]) {
    const entries = await readdir(folder).catch(() => []);
    for (const entry of entries.filter((name) => name.startsWith(prefix))) {
      const directory = join(folder, entry);
      const age =
        Date.now() - ((await lstat(directory).catch(() => undefined))?.mtimeMs ?? Date.now());
      // A young one may just be on its way to its lock.
      if (age > 10 * 60_000 && !(await dataLockHolder(directory)))
        await rm(directory, { recursive: true, force: true });
    }
  }
}

/** Copies a stopped server's directory, blocks shared where the file system can, owners kept. */
export async function copyServerDirectory(from: string, to: string) {
  await cp(from, to, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (source) => !source.endsWith(".log"),
  });
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await lstat(join(from, "data"));
  const entries = await readdir(join(to, "data"), { recursive: true });
  await Promise.all([".", ...entries].map((entry) => chown(join(to, "data", entry), uid, gid)));
}
