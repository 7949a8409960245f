import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const Versions = z.record(z.string(), z.string()).default({});

const Manifest = z.object({
  name: z.string(),
  packageManager: z.string().optional(),
  engines: Versions,
  exports: z.record(z.string(), z.unknown()).default({}),
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
  peerDependencies: Versions,
});

/** What the tools read of a package.json. */
export type Manifest = z.infer<typeof Manifest>;

/** A package of the workspace. */
export interface Project {
  /** Its folder, from the repository's: `packages/api`. */
  path: string;
  directory: string;
  manifest: Manifest;
}

/** The repository's folder. */
export const ROOT: string = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * @param root the repository's folder
 * @returns all packages below `apps` and `packages`, ordered by their folders
 */
export function listProjects(root: string): Project[] {
  return ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group))
      .sort()
      .filter((name) => existsSync(join(root, group, name, "package.json")))
      .map((name) => {
        const directory = join(root, group, name);
        return { path: `${group}/${name}`, directory, manifest: readManifest(directory) };
      }),
  );
}

/** @param directory a package's folder */
export function readManifest(directory: string): Manifest {
  return Manifest.parse(JSON.parse(readFileSync(join(directory, "package.json"), "utf8")));
}
