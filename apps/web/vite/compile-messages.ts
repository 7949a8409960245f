import type { Plugin } from "vite";
import { FIRST_LANGUAGE, languages } from "../src/language/languages.ts";
import { compiledMessage } from "./messages/icu.ts";
import { PSEUDO, pseudo } from "./messages/pseudo-language.ts";
import { fileOfPart, filesOf, messagesOf } from "./messages/sources.ts";
import { mapped } from "./messages/tree.ts";

/** `virtual:words/booking`: the words of a part, by language; `virtual:words/nb/booking`: those of one language. */
const WORDS = /^\0virtual:words\/(?:([\w-]+)\/)?([a-z]+)$/u;

/** On a server, every language is there; in browsers each is loaded where it is spoken. */
function moduleOfLanguages(part: string, spoken: readonly string[], isServer: boolean): string {
  const ids = spoken.map((each) => [JSON.stringify(each), `"virtual:words/${each}/${part}"`]);
  if (!isServer) {
    const loaders = ids.map(([name, id]) => `${name}: () => import(${id})`);
    return `export default { ${loaders.join(", ")} };`;
  }
  const imports = ids.map(([, id], i) => `import { messages as words${i} } from ${id};`);
  const words = ids.map(([name], i) => `${name}: words${i}`);
  return `${imports.join("\n")}\nexport default { ${words.join(", ")} };`;
}

/**
 * Gives the site its words, a file for each part and language: a page loads those of its own language alone. They are
 * compiled, so that browsers need no parser of ICU messages. Where it is not built to be served, it also speaks the
 * language that shows what has not been translated: see `messages/pseudo-language.ts`.
 */
export function compileMessages(): Plugin {
  let isBuild = false;
  let spoken: string[] = languages();
  return {
    name: "lectern:compile-messages",
    enforce: "pre",
    config: (_, { command }) => ({
      resolve: { alias: { "use-intl/format-message": "use-intl/format-message/format-only" } },
      // So that it is asked for inside of the library, too; a build has all inside.
      ...(command === "serve" && {
        environments: { ssr: { resolve: { noExternal: ["use-intl"] } } },
        test: { server: { deps: { inline: ["use-intl"] } } },
      }),
    }),
    configResolved({ command }) {
      isBuild = command === "build";
      spoken = isBuild ? languages() : [...languages(), PSEUDO];
    },
    resolveId: (id) => (id.startsWith("virtual:words/") ? `\0${id}` : undefined),
    transform(code, id) {
      if (isBuild || !id.endsWith("/src/language/languages.ts")) return undefined;
      const line = `"${PSEUDO}": { format: "en-GB", name: "Pseudo" },`;
      const extended = code.replace(/const TABLE = \{/u, (start) => `${start}${line}`);
      if (extended === code) throw new Error("languages.ts has no table to add a language to");
      return { code: extended, map: null };
    },
    async load(id) {
      const [, language, part = ""] = WORDS.exec(id) ?? [];
      if (part === "") return undefined;
      if (language === undefined) {
        return moduleOfLanguages(part, spoken, this.environment.config.consumer === "server");
      }
      this.addWatchFile(fileOfPart(part));
      const read = [...(await filesOf(FIRST_LANGUAGE)), ...(await filesOf(language))];
      for (const file of read) this.addWatchFile(file);
      const messages = await messagesOf(language === PSEUDO ? FIRST_LANGUAGE : language, part);
      const words = mapped(messages, (text, name) => {
        const compiled = compiledMessage(text, name);
        return language === PSEUDO ? pseudo(compiled) : compiled;
      });
      return `export const messages = ${JSON.stringify(words)};`;
    },
  };
}
