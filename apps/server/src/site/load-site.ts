import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Site } from "./site.ts";

const WEB = dirname(fileURLToPath(import.meta.resolve("@lectern/web/package.json")));

/**
 * Loads the website that `pnpm build` made.
 *
 * @returns the site, or `undefined` where it was not built: the server is the API alone then
 */
export async function loadSite(): Promise<Site | undefined> {
  if (!existsSync(join(WEB, "dist/server/entry-server.js"))) return undefined;
  const { render, robots, sitemap } = await import("@lectern/web/entry-server");
  return { render, robots, sitemap, clientDirectory: join(WEB, "dist/client") };
}
