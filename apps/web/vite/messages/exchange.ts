import { writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FIRST_LANGUAGE } from "../../src/language/languages.ts";
import { type Group, groupsOf } from "./sources.ts";
import { isTree, messagesIn } from "./tree.ts";

/** What translators get, and give back: by group and name. */
export type Sheet = Record<string, Record<string, Entry>>;

interface Entry {
  readonly english: string;
  /** Empty where there is none yet. */
  readonly translation: string;
}

/** @returns every message in English, with what it is in a language so far */
export async function sheetOf(language: string): Promise<Sheet> {
  const ours = await groupsOf(language);
  const sheet: Sheet = {};
  for (const { name, messages } of await groupsOf(FIRST_LANGUAGE)) {
    const translated = ours.find((group) => group.name === name)?.messages ?? {};
    sheet[name] = Object.fromEntries(
      [...messagesIn(messages)].map(([key, english]) => {
        const translation = translated[key];
        return [key, { english, translation: typeof translation === "string" ? translation : "" }];
      }),
    );
  }
  return sheet;
}

/** @throws when what came back has not the form of what was given */
function translationIn(sheet: unknown, group: string, key: string): string {
  const messages = isTree(sheet) ? sheet[group] : undefined;
  const entry: unknown = isTree(messages) ? messages[key] : undefined;
  if (entry === undefined) return "";
  const translation: unknown = isTree(entry) ? entry["translation"] : undefined;
  if (typeof translation !== "string") throw new Error(`${group}.${key} has no translation in it`);
  return translation;
}

/** A group in a language, as a source; empty where nothing is translated. */
function sourceOf({ name, messages }: Group, sheet: unknown): string {
  const lines = [...messagesIn(messages)].flatMap(([key]) => {
    const text = translationIn(sheet, name, key).trim();
    return text === "" ? [] : `  ${key}: ${JSON.stringify(text)},`;
  });
  if (lines.length === 0) return "";
  const head = `export const ${name} = {`;
  return [head, ...lines, `} as const satisfies Translation<typeof english.${name}>;`].join("\n");
}

/**
 * Writes the files of a language from what a translator gave back, in place of those that are there.
 *
 * @returns the files that were written
 */
export async function writeLanguage(language: string, sheet: unknown): Promise<string[]> {
  const byFile = Map.groupBy(await groupsOf(FIRST_LANGUAGE), ({ file }) => file);
  const written: string[] = [];
  for (const [file, groups] of byFile) {
    const sources = groups.map((group) => sourceOf(group, sheet)).filter((source) => source !== "");
    if (sources.length === 0) continue;
    const imports = [
      'import type { Translation } from "../translation.ts";',
      `import type * as english from "../${FIRST_LANGUAGE}/${basename(file)}";`,
    ];
    const target = join(dirname(dirname(file)), language, basename(file));
    await writeFile(target, `${imports.join("\n")}\n\n${sources.join("\n\n")}\n`);
    written.push(target);
  }
  return written;
}
