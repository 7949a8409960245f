import type { RolldownOutput } from "rolldown";

/** Specifiers that a bundle may import nevertheless, and what it calls them. */
export type Elsewhere = Readonly<Record<string, string>>;

/**
 * @param file what was bundled
 * @returns the one text of a bundle that needs nothing but what is elsewhere
 * @throws Error naming what it would have to import
 */
export function standaloneText(
  { output }: RolldownOutput,
  file: string,
  elsewhere: Elsewhere,
): string {
  const [chunk, ...others] = output;
  if (others.length > 0) throw new Error(`The bundle of ${file} came in several files`);
  const known = Object.values(elsewhere);
  const strays = chunk.imports.filter((name) => !known.includes(name));
  if (strays.length > 0) throw new Error(`The bundle of ${file} would import ${strays.join(", ")}`);
  return chunk.code;
}
