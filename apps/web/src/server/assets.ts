import { createHash } from "node:crypto";
import manifest, { styles as styleSheets } from "virtual:client-manifest";
import type { Manifest, ManifestChunk } from "vite";
import newsreader from "@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2";
import sourceSans from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2";

import { language } from "../language/language.ts";
import { FIRST_LANGUAGE, languages } from "../language/languages.ts";
/**
 * What has to be known before anything is painted: that scripts run, which language was chosen (an address that names
 * none leads there), whether light or dark was, and whether somebody is signed in.
 */
import beforePaint from "./before-paint.js?raw";

/** The files that a page loads, as the build named them; while developing, as Vite serves them. */

const ENTRY = "src/entry-client.tsx";

/** A chunk with everything that it imports at once. */
function withImports(key: string, chunks: NonNullable<typeof manifest>, seen = new Set<string>()) {
  const chunk = chunks[key];
  if (chunk === undefined || seen.has(key)) return seen;
  seen.add(key);
  for (const imported of chunk.imports ?? []) withImports(imported, chunks, seen);
  return seen;
}

/** What chunks load at once, though not before they are there: their words in the language of the page. */
function wordsFor(chunks: readonly ManifestChunk[], all: Manifest): ManifestChunk[] {
  const ours = `virtual:words/${language()}/`;
  const loaded = chunks.flatMap(({ dynamicImports = [] }) => dynamicImports);
  return loaded.filter((key) => key.startsWith(ours)).flatMap((key) => all[key] ?? []);
}

function linkOf(attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  return `<link ${written.join(" ")}>`;
}

/** What a page holds itself instead of naming a file, as its policy has to list it: `sha256-…` (CSP Level 3, 8.3). */
export interface Inlined {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** The head of a page, as far as it is the build's. */
export interface AssetElements extends Inlined {
  readonly html: string;
}

const known = new Map<string, string>();

/** There are as many texts as there are sets of pages, and their hashes are asked for with each page. */
function hashOf(text: string): string {
  let hash = known.get(text);
  if (hash === undefined) {
    hash = `sha256-${createHash("sha256").update(text).digest("base64")}`;
    known.set(text, hash);
  }
  return hash;
}

/**
 * What belongs into the head of a page: the script that sets light or dark before anything is painted, the styles,
 * fonts, and the scripts that will be asked for. Styles stand in the page, so that it can be painted as soon as it is
 * there: see `docs/decisions/styles-in-the-page.md`.
 *
 * @param pages source files of the pages that are shown, as the manifest names them
 */
export function assetElements(pages: readonly string[]): AssetElements {
  const elements = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<script${otherLanguages()}>${beforePaint}</script>`,
  ];
  const fonts = [newsreader, sourceSans].map((href) =>
    linkOf({ rel: "preload", as: "font", type: "font/woff2", crossorigin: "", href }),
  );
  const scripts = [hashOf(beforePaint)];
  if (manifest === null) {
    elements.push(linkOf({ rel: "stylesheet", href: "/src/design/index.css" }), ...fonts);
    return { html: elements.join(""), scripts, styles: [] };
  }
  const keys = new Set<string>();
  for (const key of [ENTRY, ...pages]) withImports(key, manifest, keys);
  const own = [...keys].flatMap((key) => manifest?.[key] ?? []);
  const chunks = [...own, ...wordsFor(own, manifest)];
  const files = new Set(chunks.flatMap((chunk) => chunk.css ?? []));
  const style = [...files].map((file) => styleSheets[file] ?? "").join("");
  elements.push(`<style>${style}</style>`);
  // Not fetched, but there: a script that brings a style sheet along sees that the page has it.
  for (const file of files) {
    elements.push(linkOf({ rel: "stylesheet", href: `/${file}`, disabled: "" }));
  }
  elements.push(...fonts);
  // After all that is seen: a page can be read before it comes to life.
  for (const { file } of chunks) {
    elements.push(linkOf({ rel: "modulepreload", href: `/${file}`, fetchpriority: "low" }));
  }
  return { html: elements.join(""), scripts, styles: [hashOf(style)] };
}

/** The languages whose readers are led to theirs from this page: those that its address does not name. */
function otherLanguages(): string {
  if (language() !== FIRST_LANGUAGE) return "";
  return ` data-languages="${languages()
    .filter((each) => each !== FIRST_LANGUAGE)
    .join(" ")}"`;
}

/** The script that brings a page to life. */
export function scriptElement(): string {
  if (manifest === null) {
    return `<script type="module" src="/@vite/client"></script><script type="module" src="/${ENTRY}"></script>`;
  }
  const source = `/${manifest[ENTRY]?.file ?? ""}`;
  return `<script type="module" src="${source}" fetchpriority="low"></script>`;
}
