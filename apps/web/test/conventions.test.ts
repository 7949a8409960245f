import { glob, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import compile from "icu-minify/compile";
import { describe, expect, it } from "vitest";
import { messages as accountMessages } from "../src/messages/en-account.ts";
import { messages as bookingMessages } from "../src/messages/en-booking.ts";
import { messages as privacyMessages } from "../src/messages/en-privacy.ts";
import { messages } from "../src/messages/en.ts";

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
    const routes = await filesOf("src/routes/{public,account}/*/route.ts");
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) {
      expect(await read(route)).toContain(`page: "${dirname(route)}/page.tsx"`);
    }
  });
});

describe("messages", () => {
  it("are ICU messages, and none is used nowhere", async () => {
    const sources = (await Promise.all((await filesOf("src/**/*.{ts,tsx}")).map(read))).join("\n");
    const all = { ...messages, ...bookingMessages, ...accountMessages, ...privacyMessages };
    const unused: string[] = [];
    for (const [group, texts] of Object.entries(all)) {
      for (const [name, text] of Object.entries(texts)) {
        expect(() => compile(text), `${group}.${name}`).not.toThrow();
        // Some end in a code of the contract: level_beginner.
        const [stem = name] = name.split("_");
        const isUsed = [`"${name}"`, `.${name}"`, `"${stem}_`, `\`${stem}_`, `.${stem}_`].some(
          (use) => sources.replace(`${name}:`, "").includes(use),
        );
        if (!isUsed) unused.push(`${group}.${name}`);
      }
    }
    expect(unused).toEqual([]);
  });
});
