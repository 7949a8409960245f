import { glob, readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { SITE_PAGES } from "./e2e/pages.ts";

/** No page is forgotten by what looks at all of them. */

const ROUTES = new URL("../src/routes/", import.meta.url);
/** An address of the route itself: the first in its file. */
const PATH = /^ {2}path: "([^"]+)",$/mu;

it("knows an address of every page", async () => {
  const routes: string[] = [];
  for await (const file of glob("**/route.ts", { cwd: ROUTES })) {
    const text = await readFile(new URL(file, ROUTES), "utf8");
    const path = PATH.exec(text)?.[1];
    if (path === undefined) throw new Error(`${file} has no path`);
    routes.push(file.startsWith("office/") && path !== "/office" ? `/office${path}` : path);
  }
  expect(routes.length).toBeGreaterThan(50);
  const known = new Set(SITE_PAGES.map(({ route }) => route));
  expect(routes.filter((route) => !known.has(route))).toEqual([]);
});
