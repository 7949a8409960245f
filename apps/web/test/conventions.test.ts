import { glob, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

/** What the sources of the site agree on, and no compiler checks. */

const ROOT = join(import.meta.dirname, "..");

async function filesOf(pattern: string): Promise<string[]> {
  return Array.fromAsync(glob(pattern, { cwd: ROOT }));
}

function read(file: string): Promise<string> {
  return readFile(join(ROOT, file), "utf8");
}

/** The selectors of a style sheet's rules, one by one. */
function selectorsOf(styles: string): string[] {
  const heads = styles.replaceAll(/\/\*[^]*?\*\//gu, "").match(/[^{};]+(?=\{)/gu) ?? [];
  const rules = heads.map((head) => head.trim()).filter((head) => !/^(?:@|from|to|\d)/u.test(head));
  return rules.flatMap((rule) => rule.split(/,(?![^(]*\))/u)).map((selector) => selector.trim());
}

/** Style sheets of no single component: what they define may be used everywhere. */
const SHARED = [
  "src/design/",
  "src/forms/form.css",
  "src/forms/fields.css",
  "src/forms/mantine.css",
];

describe("style sheets", () => {
  it("define classes that begin as their file is named, so that none meets another's", async () => {
    const strangers: string[] = [];
    for (const file of await filesOf("src/**/*.css")) {
      if (SHARED.some((shared) => file.startsWith(shared))) continue;
      const name = basename(file, ".css");
      // The style sheet of a page carries the name of its folder.
      const [own = name] = (name === "page" ? basename(dirname(file)) : name).split("-");
      for (const selector of selectorsOf(await read(file))) {
        const [, first = own] = /\.([a-z]+)/u.exec(selector) ?? [];
        if (first !== own) strangers.push(`${file}: ${selector}`);
      }
    }
    expect(strangers).toEqual([]);
  });

  it("define no class that is used nowhere", async () => {
    const sources = await Promise.all((await filesOf("src/**/*.{ts,tsx}")).map(read));
    const words = new Set(sources.join("\n").match(/[a-z][a-z0-9-]*/gu));
    const unused: string[] = [];
    for (const file of await filesOf("src/**/*.css")) {
      const selectors = selectorsOf(await read(file)).join(" ");
      for (const [, name = ""] of selectors.matchAll(/\.([a-z][a-z0-9-]*)/gu)) {
        const isBuilt = /^(?:mantine-|button-)/u.test(name);
        if (!isBuilt && !words.has(name)) unused.push(`${file}: .${name}`);
      }
    }
    expect(unused).toEqual([]);
  });
});

describe("routes", () => {
  it("name the file of their page, whose scripts and styles are in the head", async () => {
    const routes = await filesOf("src/routes/{public,account,office}/*/route.ts");
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) {
      expect(await read(route)).toContain(`page: "${dirname(route)}/page.tsx"`);
    }
  });
});

describe("what Intl writes", () => {
  it("comes from src/format alone, which knows the language of the page", async () => {
    const sources = await filesOf("src/**/*.{ts,tsx}");
    const strangers: string[] = [];
    for (const file of sources.filter((each) => !/^src\/format\/|\.test\./u.test(each))) {
      const text = await read(file);
      // What is made with `kept` is given the language. Times as ISO 8601 has them are of none.
      const made = text.match(
        /new Intl\.\w+\((?!\)|locale,|\s*"sv-SE")|\.toLocale\w*String\(|\.localeCompare\(/gu,
      );
      if (made !== null) strangers.push(`${file}: ${made.join(" ")}`);
    }
    expect(strangers).toEqual([]);
  });
});
