import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { FIRST_LANGUAGE, languages } from "../src/language/languages.ts";
import { sheetOf, writeLanguage } from "../vite/messages/exchange.ts";
import { findingsOf } from "../vite/messages/findings.ts";
import { groupsOf } from "../vite/messages/sources.ts";
import { uses } from "../vite/messages/uses.ts";

/**
 * The site's words, for those who translate them:
 *
 *   pnpm messages                     all of them in English, as JSON
 *   pnpm messages check               says what is wrong in any language, and ends with 1 then
 *   pnpm messages export nb           what is to be translated into a language, and what is so far, as JSON
 *   pnpm messages import nb nb.json   writes src/messages/nb from what came back
 */
async function main([command, language = "", file = ""]: readonly string[]): Promise<void> {
  switch (command) {
    case undefined: {
      const groups = await groupsOf(FIRST_LANGUAGE);
      print(Object.fromEntries(groups.map(({ name, messages }) => [name, messages])));
      return;
    }
    case "check":
      await check();
      return;
    case "export":
      print(await sheetOf(language));
      return;
    case "import": {
      await mkdir(join(import.meta.dirname, "../src/messages", language), { recursive: true });
      const sheet: unknown = JSON.parse(await readFile(file, "utf8"));
      const written = await writeLanguage(language, sheet);
      say(`${written.length} files written; format them with pnpm fix.`);
      return;
    }
    default:
      complain(`No such command: ${command}. There are check, export and import.`);
      process.exitCode = 2;
  }
}

async function check(): Promise<void> {
  const isUsed = await uses();
  let count = 0;
  for (const language of languages()) {
    for (const { place, name, problem } of await findingsOf(language, isUsed)) {
      count += 1;
      complain(`${place}  ${name} ${problem}`);
    }
  }
  if (count === 0) say(`Every message is there, in ${languages().join(" and ")}.`);
  else process.exitCode = 1;
}

function print(value: unknown): void {
  say(JSON.stringify(value, null, 2));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

await main(process.argv.slice(2));
