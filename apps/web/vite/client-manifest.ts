import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";

const ID = "virtual:client-manifest";
const RESOLVED = `\0${ID}`;

/**
 * Gives the server's part the list of the files that were built for the browser, so that a page can
 * name its scripts and style sheets. While developing there is none: `null`.
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
      if (!isBuild) return "export default null;";
      const manifest = await readFile(join(root, "dist/client/.vite/manifest.json"), "utf8");
      return `export default ${manifest};`;
    },
  };
}
