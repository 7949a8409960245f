import { glob, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { FIRST_LANGUAGE } from "../../src/language/languages.ts";
import { type MessageTree, isTree, merged } from "./tree.ts";

/** The site's words as they stand in `src/messages`: what the build, the tests and the check read. */

const MESSAGES = join(import.meta.dirname, "../../src/messages");

/** Has the words of every page; the others are called `booking` and so on, after their pages. */
const SITE = "site";

/** The file that says which groups of messages make up a part, and holds them in English. */
export function fileOfPart(part: string): string {
  return join(MESSAGES, part === SITE ? "en.ts" : `en-${part}.ts`);
}

/** @returns the part that a file holds, `undefined` of all other files */
function partOfFile(file: string): string | undefined {
  const [, part = SITE] = /^en(?:-([a-z]+))?\.ts$/u.exec(basename(file)) ?? [file, ""];
  return part === "" ? undefined : part;
}

/** The parts that there are. */
export async function parts(): Promise<string[]> {
  const files = await readdir(MESSAGES);
  return files.flatMap((file) => partOfFile(file) ?? []).toSorted();
}

/** Loads a module anew when its file has changed. */
async function moduleOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { mtimeMs } = await stat(file);
  // Written as Vite does, which leaves it out where it reads the file itself.
  const module: unknown = await import(`${pathToFileURL(file).href}?t=${Math.trunc(mtimeMs)}`);
  return { ...(isTree(module) ? module : {}) };
}

/** The messages of a part in English, by group and name. */
export async function englishOf(part: string): Promise<MessageTree> {
  const { messages } = await moduleOf(fileOfPart(part));
  if (!isTree(messages)) throw new Error(`${fileOfPart(part)} exports no messages`);
  return messages;
}

/** The files of a language; of one that nobody has begun to translate into, none. */
export async function filesOf(language: string): Promise<string[]> {
  const files = await Array.fromAsync(glob(`${language}/*.ts`, { cwd: MESSAGES }));
  return files.map((file) => join(MESSAGES, file)).toSorted();
}

/** A group of messages, and where it stands. */
export interface Group {
  readonly file: string;
  readonly name: string;
  readonly messages: MessageTree;
}

/** The groups that are written in a language, in the order of their files. */
export async function groupsOf(language: string): Promise<Group[]> {
  const groups: Group[] = [];
  for (const file of await filesOf(language)) {
    for (const [name, messages] of Object.entries(await moduleOf(file))) {
      if (isTree(messages)) groups.push({ file, name, messages });
    }
  }
  return groups;
}

/**
 * @returns the messages of a part in a language: where one is not translated yet, it stands there in English, which
 *   `pnpm messages check` tells
 */
export async function messagesOf(language: string, part: string): Promise<MessageTree> {
  const english = await englishOf(part);
  if (language === FIRST_LANGUAGE) return english;
  const translated: Record<string, MessageTree> = {};
  for (const { name, messages } of await groupsOf(language)) translated[name] = messages;
  return merged(english, translated);
}
