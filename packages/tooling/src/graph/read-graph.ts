import { existsSync, readFileSync, readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, relative, resolve } from "node:path";
import { z } from "zod";
import { type Manifest, listProjects } from "../workspace.ts";
import { listImports, packageOf } from "./imports.ts";

/** A package of the workspace, with all it says and does about other packages. */
export interface Node {
  /** Its folder, from the repository's: `packages/api`. */
  path: string;
  manifest: Manifest;
  /** The folders of the projects that its tsconfig.json refers to, from the repository's. */
  references: string[];
  /** Its imports of other packages. */
  edges: Edge[];
  /** Whether it has tests in a file of its own. */
  hasTests: boolean;
}

export interface Edge {
  /** The file that imports, from the repository's folder. */
  file: string;
  /** The package that it imports. */
  to: string;
  isTypeOnly: boolean;
  /** Whether the file is part of what the package does, rather than a test, a script or a tool's configuration. */
  isShipped: boolean;
}

const SOURCE = /\.(tsx?|mjs)$/;
const DECLARATION = /\.d\.ts$/;
const TEST = /\.(test|spec)\.tsx?$/;
const SKIPPED = new Set(["node_modules", "dist", "fixtures", "test-results"]);

/** @param root the repository's folder */
export function readGraph(root: string): Node[] {
  return listProjects(root).map(({ path, directory, manifest }) => {
    const files = listSources(directory);
    const edges = files.flatMap((file) => {
      const within = relative(directory, file);
      const isShipped = within.startsWith("src/") && !TEST.test(within) && !isTestHelper(within);
      return listImports(file, readFileSync(file, "utf8")).flatMap(({ specifier, isTypeOnly }) => {
        const to = packageOf(specifier);
        if (to === undefined || isBuiltin(to)) return [];
        return [{ file: relative(root, file), to, isTypeOnly, isShipped }];
      });
    });
    const references = readReferences(directory).map((reference) => relative(root, reference));
    return { path, manifest, references, edges, hasTests: files.some((file) => TEST.test(file)) };
  });
}

/** What tests share lies in a folder of theirs, and what they offer to other packages' tests in `testing`. */
function isTestHelper(file: string): boolean {
  return /^src\/(.+\/)?(faults|test|testing)\//.test(file);
}

function listSources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return isSkipped(entry.name, path) ? [] : listSources(path);
    return SOURCE.test(entry.name) && !DECLARATION.test(entry.name) ? [path] : [];
  });
}

/** A folder with a manifest of its own, such as the benchmark's peers, depends on what that says and is no package here. */
function isSkipped(name: string, path: string): boolean {
  return SKIPPED.has(name) || existsSync(join(path, "package.json"));
}

const References = z.object({ references: z.array(z.object({ path: z.string() })).default([]) });

/**
 * @param directory the folder of a tsconfig.json
 * @returns the folders that it refers to
 */
export function readReferences(directory: string): string[] {
  const file = join(directory, "tsconfig.json");
  if (!existsSync(file)) return [];
  const { references } = References.parse(JSON.parse(readFileSync(file, "utf8")));
  return references.map(({ path }) => resolve(directory, path));
}
