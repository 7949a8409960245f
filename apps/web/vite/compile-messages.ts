import { pathToFileURL } from "node:url";
import compile from "icu-minify/compile";
import type { Plugin } from "vite";

interface MessageTree {
  readonly [name: string]: string | MessageTree;
}

function isTree(value: unknown): value is MessageTree {
  return typeof value === "object" && value !== null;
}

function compiledMessage(name: string, message: string): unknown {
  try {
    return compile(message);
  } catch (error) {
    throw new Error(`The message ${name} is no ICU message: ${message}`, { cause: error });
  }
}

function compiled(tree: MessageTree): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, message]) => [
      name,
      typeof message === "string" ? compiledMessage(name, message) : compiled(message),
    ]),
  );
}

/**
 * Compiles the messages when the site is built: browsers then need no parser of ICU messages. They
 * are the `messages` that each `src/messages/<locale>.ts` and `<locale>-<pages>.ts` exports.
 */
export function compileMessages(): Plugin {
  return {
    name: "lectern:compile-messages",
    apply: "build",
    config: () => ({
      resolve: { alias: { "use-intl/format-message": "use-intl/format-message/format-only" } },
    }),
    async load(id) {
      if (!/\/src\/messages\/[a-z]{2}(?:-[a-z]+)?\.ts$/u.test(id)) return undefined;
      const module: unknown = await import(pathToFileURL(id).href);
      if (!isTree(module) || !isTree(module["messages"])) {
        throw new Error(`${id} exports no messages`);
      }
      return `export const messages = ${JSON.stringify(compiled(module["messages"]))};`;
    },
  };
}
