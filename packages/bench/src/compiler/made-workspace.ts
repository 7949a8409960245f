import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleDeclarations } from "@lectern/client/bundle-declarations";
import { madeProgram, madeRouter } from "./made-router.ts";
import { runTsc } from "./tsc.ts";

/** Lectern's client, and what it is made of, around a router that is made for the purpose. */

const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));
const NODE_TYPES = fileURLToPath(new URL("../../../../node_modules/@types", import.meta.url));

/** Packages that are taken as they are; `api` and `client` are copied. */
const KEPT = ["auth", "contract", "database", "jobs"] as const;
const COPIED = ["api", "client"] as const;
/** What a router needs of `packages/api/src`, whatever its features are. */
const API_PARTS = ["trpc", "shared", "call.ts", "domain-error.ts", "version.ts"] as const;
const TEST = /\.test\.ts$/u;

const COMPILER_OPTIONS = {
  target: "es2025",
  lib: ["esnext", "dom"],
  module: "nodenext",
  moduleDetection: "force",
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  // On one processor several would only do the same work several times over.
  checkers: 1,
};

export interface MadeWorkspace extends AsyncDisposable {
  /** The program's project, which finds the client as one file of declarations. */
  readonly declarations: string;
  /** The same program's, which finds sources alone. */
  readonly sources: string;
  /** Bytes of the one file. */
  readonly bundleBytes: number;
}

/**
 * Makes a workspace in the temporary folder, emits its declarations and bundles them as those of the published client
 * are. The declarations of the packages that are taken as they are must be there.
 *
 * @param procedures how many the router has
 * @param calls how many of them the program calls
 * @throws Error when anything of it does not type-check
 */
export async function makeWorkspace(procedures: number, calls: number): Promise<MadeWorkspace> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "lectern-made-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await write(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await linkDependencies(folder);
  await writePackages(folder, procedures);
  for (const name of COPIED) await runTsc(["--project", join(folder, name)]);
  const bundle = await bundleDeclarations(join(folder, "client/dist/index.d.ts"));
  await write(join(folder, "published/index.d.ts"), bundle);
  await write(join(folder, "program.ts"), madeProgram(procedures, calls));
  const declarations = await writeProject(folder, "declarations", {
    "@lectern/client": ["./published/index.d.ts"],
  });
  const sources = await writeProject(folder, "sources", {
    "@lectern/client": ["./client/src/index.ts"],
    "@lectern/api/*": ["./api/src/*.ts"],
    ...Object.fromEntries(
      KEPT.map((name) => [`@lectern/${name}/*`, [join(PACKAGES, name, "src/*.ts")]]),
    ),
  });
  const made = stack.move();
  return {
    declarations,
    sources,
    bundleBytes: Buffer.byteLength(bundle),
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Everything that `api` and `client` depend on, where their copies find it. */
async function linkDependencies(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "@lectern"), { recursive: true });
  await symlink(NODE_TYPES, join(modules, "@types"));
  for (const name of KEPT) await symlink(join(PACKAGES, name), join(modules, "@lectern", name));
  for (const name of COPIED) await symlink(join(folder, name), join(modules, "@lectern", name));
  const links = new Map<string, string>();
  for (const name of COPIED) {
    const installed = join(PACKAGES, name, "node_modules");
    for (const dependency of await installedIn(installed))
      links.set(dependency, join(installed, dependency));
  }
  for (const [dependency, installed] of links) {
    const link = join(modules, dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(installed, link);
  }
}

/** @returns names of packages in a `node_modules`, those of the workspace left out */
async function installedIn(modules: string): Promise<string[]> {
  const names = (await readdir(modules)).filter(
    (name) => !name.startsWith(".") && name !== "@lectern" && name !== "@types",
  );
  const nested = names.map(async (name) =>
    name.startsWith("@")
      ? (await readdir(join(modules, name))).map((part) => `${name}/${part}`)
      : [name],
  );
  return (await Promise.all(nested)).flat();
}

async function writePackages(folder: string, procedures: number): Promise<void> {
  const isSource = (path: string) => !TEST.test(path);
  for (const part of API_PARTS)
    await cp(join(PACKAGES, "api/src", part), join(folder, "api/src", part), {
      recursive: true,
      filter: isSource,
    });
  for (const [path, text] of madeRouter(procedures))
    await write(join(folder, "api/src", path), text);
  await cp(join(PACKAGES, "client/src"), join(folder, "client/src"), {
    recursive: true,
    filter: isSource,
  });
  for (const [name, entry] of [
    ["api", "app-router.ts"],
    ["client", "index.ts"],
  ] as const) {
    await cp(join(PACKAGES, name, "package.json"), join(folder, name, "package.json"));
    const compilerOptions = {
      ...COMPILER_OPTIONS,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: "src",
      outDir: "dist",
    };
    await write(
      join(folder, name, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: [join("src", entry)] }),
    );
  }
}

async function writeProject(
  folder: string,
  name: string,
  paths: Readonly<Record<string, readonly string[]>>,
): Promise<string> {
  const file = join(folder, `tsconfig.${name}.json`);
  const compilerOptions = { ...COMPILER_OPTIONS, noEmit: true, paths };
  await write(file, JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  return file;
}
