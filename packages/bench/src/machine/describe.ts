import { spawnSync } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { arch, cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { median } from "../statistics.ts";
import type { Processors } from "./processors.ts";

/** What a measurement depends on besides the code. */
export interface MachineDescription {
  readonly model: string;
  readonly processorCount: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly processors: Processors | null;
  /** Of the last minute, before anything was measured. */
  readonly loadAverage: number;
  /** Microseconds that a page takes to be written through to the disk, in the median. */
  readonly flushMicros: number;
  readonly versions: Readonly<Record<string, string>>;
  /** Of the sources, where they are a clone; a plus sign says that they were changed since. */
  readonly revision: string | null;
}

const BYTES_IN_GIB = 2 ** 30;

/**
 * @param folder where the database is
 * @param versions of what only its user knows
 */
export async function describeMachine(options: {
  readonly folder: string;
  readonly processors: Processors | undefined;
  readonly loadAverage: number;
  readonly versions: Readonly<Record<string, string>>;
}): Promise<MachineDescription> {
  const all = cpus();
  return {
    model: all[0]?.model.trim() ?? "unknown processor",
    processorCount: all.length,
    memoryGiB: Math.round(totalmem() / BYTES_IN_GIB),
    system: `${type()} ${release()} ${arch()}`,
    processors: options.processors ?? null,
    loadAverage: options.loadAverage,
    flushMicros: await measureFlush(options.folder),
    versions: {
      Node: process.versions.node,
      ...options.versions,
      ...(await libraryVersions()),
    },
    revision: revision(),
  };
}

/** The load of the last minute, as it is now. */
export function currentLoad(): number {
  return loadavg()[0] ?? 0;
}

const PAGE_BYTES = 8192;
const FLUSHES = 100;

/** @returns microseconds in the median */
async function measureFlush(folder: string): Promise<number> {
  const file = await open(join(folder, "flush"), "w");
  try {
    const page = Buffer.alloc(PAGE_BYTES, 1);
    const times: number[] = [];
    for (let i = 0; i < FLUSHES; i += 1) {
      const begun = performance.now();
      await file.write(page, 0, PAGE_BYTES, i * PAGE_BYTES);
      await file.datasync();
      times.push((performance.now() - begun) * 1000);
    }
    return median(times);
  } finally {
    await file.close();
  }
}

/** What the answers pass through, as the package that uses it gets it. */
const LIBRARIES = [
  { name: "fastify", usedBy: import.meta.url },
  { name: "@trpc/server", usedBy: import.meta.url },
  { name: "zod", usedBy: import.meta.url },
  { name: "postgres", usedBy: import.meta.url },
  { name: "drizzle-orm", usedBy: import.meta.resolve("@lectern/api/app-router") },
];

const Manifest = z.object({ version: z.string() });

async function libraryVersions(): Promise<Record<string, string>> {
  const versions: Record<string, string> = {};
  for (const { name, usedBy } of LIBRARIES) {
    const path = findPackageJSON(name, usedBy);
    if (path !== undefined)
      versions[name] = Manifest.parse(JSON.parse(await readFile(path, "utf8"))).version;
  }
  return versions;
}

function revision(): string | null {
  const git = (...args: string[]) =>
    spawnSync("git", args, { cwd: import.meta.dirname, encoding: "utf8" });
  const head = git("rev-parse", "--short=12", "HEAD");
  if (head.status !== 0) return null;
  const changes = git("status", "--porcelain", "--untracked-files=no");
  return head.stdout.trim() + (changes.stdout.trim() === "" ? "" : "+");
}
