import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A copy of the workspace to edit, so that nobody's work is touched. */

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const GROUPS = ["apps", "packages"] as const;
const FILES = ["package.json", "tsconfig.base.json", "tsconfig.json"] as const;
/** What is built. */
const BUILT = new Set(["dist", "release", "test-results"]);

/** What somebody changes in a file. */
export interface Edit {
  /** From the workspace's folder. */
  readonly file: string;
  /** What stands there once. */
  readonly find: string;
  /** @param count how many edits there have been, so that each is another */
  readonly replace: (count: number) => string;
}

export interface CopiedWorkspace extends AsyncDisposable {
  readonly folder: string;
  /**
   * Makes an edit, or makes it anew; others stay, so that nothing changes but what it is about.
   *
   * @throws Error where what is to be changed does not stand in the file, once
   */
  edit(edit: Edit): Promise<void>;
}

/**
 * Copies sources and nothing that is built. Dependencies are those of this checkout, and each package finds the copies
 * of the others, as pnpm links them by relative paths.
 */
export async function copyWorkspace(): Promise<CopiedWorkspace> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "lectern-edited-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  for (const group of GROUPS)
    await cp(join(ROOT, group), join(folder, group), {
      recursive: true,
      verbatimSymlinks: true,
      // What begins with a dot, tools keep for themselves.
      filter: (path) => !BUILT.has(basename(path)) && !basename(path).startsWith("."),
    });
  for (const file of FILES) await cp(join(ROOT, file), join(folder, file));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const originals = new Map<string, string>();
  const replacements = new Map<Edit, string>();
  let count = 0;
  const copied = stack.move();
  return {
    folder,
    async edit(edit) {
      const { file } = edit;
      const path = join(folder, file);
      const original = originals.get(file) ?? (await readFile(path, "utf8"));
      originals.set(file, original);
      count += 1;
      replacements.set(edit, edit.replace(count));
      const ofFile = [...replacements].filter(([{ file: other }]) => other === file);
      const text = ofFile.reduce(
        (before, [{ find }, replacement]) => edited(before, file, find, replacement),
        original,
      );
      await writeFile(path, text);
    },
    [Symbol.asyncDispose]: () => copied.disposeAsync(),
  };
}

/** @throws Error unless it stands there once */
export function edited(text: string, file: string, find: string, replacement: string): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`"${find}" no longer stands in ${file} once: name another place to edit`);
  return before + replacement + after;
}
