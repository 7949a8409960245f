import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { installPeerSet, peerVersions } from "./install.ts";

let folder: string;
let said: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bench-peers-"));
  said = [];
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "caches"));
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"] ?? ""}`);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Puts a program in npm's place. */
async function npmIs(script: string): Promise<void> {
  await writeFile(join(folder, "npm"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function install(): Promise<string> {
  return installPeerSet("frameworks", {
    onProgress: (line) => said.push(line),
    signal: new AbortController().signal,
  });
}

test("peers are installed once, as their lockfile says and outside the workspace", async () => {
  await npmIs(`echo "$@" >> ${folder}/calls; mkdir node_modules; test -e package-lock.json`);
  const first = await install();
  expect(first.startsWith(join(folder, "caches", "lectern-bench", "frameworks-"))).toBe(true);
  expect(await readdir(first)).toEqual(
    expect.arrayContaining(["node_modules", "nest.mjs", "package-lock.json"]),
  );
  expect(said).toEqual([`Installing frameworks into ${first} …`]);

  await writeFile(join(first, "nest.mjs"), "of an older benchmark");
  expect(await install()).toBe(first);
  expect(await readFile(join(first, "nest.mjs"), "utf8")).toContain("NestJS");
  const calls = await readFile(join(folder, "calls"), "utf8");
  expect(calls).toBe("ci --ignore-scripts --no-audit --no-fund --loglevel=error\n");
});

test("what can't be installed says why, and leaves nothing that would pass for installed", async () => {
  await npmIs("mkdir node_modules; echo 'npm error code ENOTFOUND' >&2; exit 1");
  await expect(install()).rejects.toThrow("failed: npm error code ENOTFOUND");
  expect(await readdir(join(folder, "caches", "lectern-bench"))).toEqual([]);
});

test("everybody who is measured is named with a version that is pinned", async () => {
  const versions = await peerVersions();
  expect(Object.keys(versions)).toHaveLength(6);
  for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
});
