import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { cacheFolder, npmEnvironment } from "../config.ts";

/** What is installed together: a folder of `peers/`, with a lockfile of its own. */
const PEER_SETS = ["frameworks", "strapi", "directus"] as const;
export type PeerSet = (typeof PEER_SETS)[number];

const SOURCES = fileURLToPath(new URL("../../peers", import.meta.url));
const TIMEOUT_MS = 900_000;
const OUTPUT_END = 1000;
const NAME_LENGTH = 12;

/**
 * Installs what others' servers need, exactly as the lockfile says, into a folder outside the workspace; what is there
 * stays for the next time. No package's scripts are run: what they would build or download is not needed.
 *
 * @returns the folder, with the programs of `peers/` in it
 * @throws Error with the end of what npm said
 */
export async function installPeerSet(
  set: PeerSet,
  { onProgress, signal }: { onProgress: (line: string) => void; signal: AbortSignal },
): Promise<string> {
  const sources = join(SOURCES, set);
  const folder = join(cacheFolder(), `${set}-${await lockName(sources)}`);
  if (!(await exists(folder))) {
    onProgress(`Installing ${set} into ${folder} …`);
    await mkdir(cacheFolder(), { recursive: true });
    const unfinished = await mkdtemp(`${folder}-unfinished-`);
    try {
      await cp(sources, unfinished, { recursive: true });
      await npmCi(unfinished, signal);
      await rename(unfinished, folder).catch(async (error: unknown) => {
        // Another benchmark was faster.
        if (!(await exists(folder))) throw error;
      });
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  // They change more often than the lockfile.
  await cp(sources, folder, { recursive: true });
  return folder;
}

const Manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

/** What is measured, of all that is installed. */
const MEASURED = new Set([
  "@orpc/server",
  "hono",
  "express",
  "@nestjs/core",
  "@strapi/strapi",
  "directus",
]);

/** @returns the versions that are installed, by package */
export async function peerVersions(): Promise<Record<string, string>> {
  const dependencies = await Promise.all(
    PEER_SETS.map(async (set) => {
      const text = await readFile(join(SOURCES, set, "package.json"), "utf8");
      return Object.entries(Manifest.parse(JSON.parse(text)).dependencies);
    }),
  );
  return Object.fromEntries(dependencies.flat().filter(([name]) => MEASURED.has(name)));
}

/** The lockfile in short: another one is another folder, and installed anew. */
async function lockName(sources: string): Promise<string> {
  const lock = await readFile(join(sources, "package-lock.json"));
  const { platform, arch } = process;
  const hash = createHash("sha256").update(lock).update(`${platform} ${arch}`).digest("hex");
  return hash.slice(0, NAME_LENGTH);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function npmCi(folder: string, signal: AbortSignal): Promise<void> {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const options = { cwd: folder, env: npmEnvironment(), timeout: TIMEOUT_MS, signal };
  try {
    await promisify(execFile)("npm", args, options);
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    const reason = said.trim() === "" ? String(error) : said.trim().slice(-OUTPUT_END);
    throw new Error(`npm ${args.join(" ")} failed: ${reason}`, { cause: error });
  }
}
