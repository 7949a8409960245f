import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";

const ID = "virtual:client-manifest";
const RESOLVED = `\0${ID}`;

/**
 * Gives the server's part the list of the files that were built for the browser and the text of their style sheets, so
 * that a page can name its scripts and hold its styles. While developing there is none: `null`.
 */
export function clientManifest(): Plugin {
  let root = "";
  let isBuild = false;
  return {
    name: "lectern:client-manifest",
    configResolved(config) {
      root = config.root;
      isBuild = config.command === "build";
    },
    resolveId: (id) => (id === ID ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined;
      if (!isBuild) return "export default null; export const styles = {};";
      const built = join(root, "dist/client");
      const manifest = await readFile(join(built, ".vite/manifest.json"), "utf8");
      const sheets = (await readdir(join(built, "assets"))).filter((name) => name.endsWith(".css"));
      const styles = await Promise.all(
        sheets.map(async (name) => {
          const file = `assets/${name}`;
          return [file, await readFile(join(built, file), "utf8")] as const;
        }),
      );
      const written = JSON.stringify(Object.fromEntries(styles));
      return `export default ${manifest}; export const styles = ${written};`;
    },
  };
}
