import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";

const SOURCES = join(import.meta.dirname, "../../src");

/**
 * Reads where messages are asked for.
 *
 * @returns whether a message is asked for anywhere: by its name, or by what its name begins with where it ends in a code
 *   of the contract, such as `level_beginner`
 */
export async function uses(): Promise<(name: string) => boolean> {
  const files = await Array.fromAsync(glob("**/*.{ts,tsx}", { cwd: SOURCES }));
  const asking = files.filter((file) => !/^messages\/[\w-]+\//u.test(file));
  const texts = await Promise.all(asking.map((file) => readFile(join(SOURCES, file), "utf8")));
  const source = texts.join("\n");
  return (name) => {
    const [stem = name] = name.split("_");
    return [`"${name}"`, `.${name}"`, `"${stem}_`, `\`${stem}_`, `.${stem}_`].some((use) =>
      source.includes(use),
    );
  };
}
