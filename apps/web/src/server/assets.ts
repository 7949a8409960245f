import manifest from "virtual:client-manifest";
import type { Manifest, ManifestChunk } from "vite";
import newsreader from "@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2";
import sourceSans from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2";

import { language } from "../language/language.ts";
import { FIRST_LANGUAGE, languages } from "../language/languages.ts";

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

/**
 * What belongs into the head of a page: style sheets first, the script that sets light or dark before
 * anything is painted, fonts, and the scripts that will be asked for.
 *
 * @param pages source files of the pages that are shown, as the manifest names them
 */
export function assetElements(pages: readonly string[]): string {
  const fonts = [newsreader, sourceSans].map((href) =>
    linkOf({ rel: "preload", as: "font", type: "font/woff2", crossorigin: "", href }),
  );
  const elements = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
  ];
  elements.push(`<script src="/before-paint.js"${otherLanguages()}></script>`);
  if (manifest === null) {
    elements.push(linkOf({ rel: "stylesheet", href: "/src/design/index.css" }), ...fonts);
    return elements.join("");
  }
  const keys = new Set<string>();
  for (const key of [ENTRY, ...pages]) withImports(key, manifest, keys);
  const own = [...keys].flatMap((key) => manifest?.[key] ?? []);
  const chunks = [...own, ...wordsFor(own, manifest)];
  const styles = new Set(chunks.flatMap((chunk) => chunk.css ?? []));
  for (const file of styles) elements.push(linkOf({ rel: "stylesheet", href: `/${file}` }));
  elements.push(...fonts);
  for (const { file } of chunks) elements.push(linkOf({ rel: "modulepreload", href: `/${file}` }));
  return elements.join("");
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
  return `<script type="module" src="${source}"></script>`;
}
