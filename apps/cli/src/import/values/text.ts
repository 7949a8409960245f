import type { Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { type Schema, defaultSchema, sanitize } from "hast-util-sanitize";
import { type Handle, defaultHandlers, toMdast } from "hast-util-to-mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { toString as textOf } from "mdast-util-to-string";
import type { RecordFindings } from "../findings.ts";
import { withoutRawHtml } from "./markdown.ts";

/** Text from other systems: HTML becomes Markdown or plain text, and odd characters go. */

/** Elements that vanish with their content. */
const DROPPED = [
  "script",
  "style",
  "template",
  "noscript",
  "iframe",
  "object",
  "embed",
  "svg",
  "math",
  "head",
  "title",
  "textarea",
  "select",
];
const SCHEMA: Schema = { ...defaultSchema, strip: DROPPED };

const ELEMENTS: ReadonlySet<string> = new Set([
  ...(defaultSchema.tagNames ?? []),
  ...DROPPED,
  ..."html body main section article header footer nav aside font center u small big form button label option figure figcaption video audio source link meta base applet marquee abbr cite mark time address".split(
    " ",
  ),
]);

function hasElements(text: string): boolean {
  for (const [, name] of text.matchAll(/<\/?([a-z][a-z0-9]*)(?=[\s/>])/giu)) {
    if (name !== undefined && ELEMENTS.has(name.toLowerCase())) return true;
  }
  return false;
}

function hasEntities(text: string): boolean {
  return /&(?:[a-z]{2,31}|#\d{1,7}|#x[0-9a-f]{1,6});/iu.test(text);
}

function sanitized(html: string): Root {
  const clean = sanitize(fromHtml(html, { fragment: true }), SCHEMA);
  return clean.type === "root" ? clean : { type: "root", children: [] };
}

function decodeEntities(text: string): string {
  // With every "<" escaped, parsing HTML does nothing but decode character references.
  const [node] = fromHtml(text.replaceAll("<", "&lt;"), { fragment: true }).children;
  return node?.type === "text" ? node.value : text;
}

/** Links that lead nowhere any more become their text, images what they say instead of a picture. */
const HANDLERS: Readonly<Record<string, Handle>> = {
  a: (state, element) =>
    element.properties["href"] === undefined
      ? state.all(element)
      : defaultHandlers.a(state, element),
  img: (_state, element) => ({ type: "text", value: String(element.properties["alt"] ?? "") }),
};

function htmlToMarkdown(html: string): string {
  const tree = toMdast(sanitized(html), { handlers: HANDLERS });
  if (tree.type !== "root") return "";
  return toMarkdown(tree, { extensions: [gfmToMarkdown()], bullet: "-", rule: "-" }).trim();
}

function htmlToLines(html: string): string {
  const tree = toMdast(sanitized(html));
  const blocks = "children" in tree ? tree.children : [tree];
  return blocks
    .flatMap((block) => (block.type === "list" ? block.children : [block]))
    .map((block) => textOf(block).trim())
    .filter((text) => text !== "")
    .join("\n");
}

/** Quotation marks of many languages, which some systems leave around values. */
const QUOTES = "\"'“”„‟‘’‚‛«»‹›`´";
const WRAPPED = new RegExp(`^[${QUOTES}]+(.*?)[${QUOTES}]+$`, "su");

/** @returns the value without quotation marks around it, and whether there were any */
export function unquote(value: string): { value: string; wasQuoted: boolean } {
  const trimmed = value.trim();
  const inner = WRAPPED.exec(trimmed)?.[1];
  return inner === undefined
    ? { value: trimmed, wasQuoted: false }
    : { value: inner.trim(), wasQuoted: true };
}

const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu;

/** Signs of UTF-8 that somebody read as Windows-1252 and saved again: "Ã¶" for "ö". */
const MOJIBAKE = /[ÃÂ][\u0080-\u00BF]|â€[\u0080-\u00BF™œž˜]/u;

function noteMojibake(text: string, findings: RecordFindings, field: string): void {
  if (MOJIBAKE.test(text)) {
    findings.note(
      "wrong_encoding",
      "looks like text whose encoding was mistaken before (as “Ã¶” for “ö”); taken as it is",
      field,
    );
  }
}

/**
 * @param text one line from another system, perhaps with HTML in it
 * @returns plain text on one line; empty if nothing is left
 */
export function cleanLine(text: string, findings: RecordFindings, field: string): string {
  let clean = text;
  if (hasElements(text)) {
    clean = htmlToLines(text);
    findings.note("html", "HTML was taken out", field);
  } else if (hasEntities(text)) {
    clean = decodeEntities(text);
    if (clean !== text) findings.note("html", "HTML character references were decoded", field);
  }
  noteMojibake(clean, findings, field);
  return clean
    .replaceAll(CONTROLS, "")
    .replaceAll(/[\s\u2028\u2029]+/gu, " ")
    .trim();
}

/**
 * @param text prose from another system, perhaps HTML
 * @returns plain text of several lines
 */
export function cleanPlain(text: string, findings: RecordFindings, field: string): string {
  let clean = text;
  if (hasElements(text)) {
    clean = htmlToLines(text);
    findings.note("html", "HTML was taken out", field);
  } else if (hasEntities(text)) {
    clean = decodeEntities(text);
  }
  noteMojibake(clean, findings, field);
  return clean.replaceAll(CONTROLS, "").trim();
}

/**
 * @param text prose from another system: HTML, Markdown or plain
 * @returns Markdown without raw HTML
 */
export function cleanProse(text: string, findings: RecordFindings, field: string): string {
  let clean = text;
  if (hasElements(text)) {
    clean = htmlToMarkdown(text);
    findings.note("html", "HTML was sanitised and turned into Markdown", field);
  } else if (hasEntities(text)) {
    clean = decodeEntities(text);
    if (clean !== text) findings.note("html", "HTML character references were decoded", field);
  }
  noteMojibake(clean, findings, field);
  const safe = withoutRawHtml(clean.replaceAll(CONTROLS, "").trim());
  if (safe !== clean.trim() && !hasElements(text)) {
    findings.note("html", "what could act as HTML or run code was escaped", field);
  }
  return safe;
}

const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });

/** @returns the first paragraph of a prose as plain text for a card: whole sentences where they fit */
export function summaryOf(markdown: string, limit = 300): string {
  const paragraph = fromMarkdown(markdown).children.find((node) => node.type === "paragraph");
  if (paragraph === undefined) return "";
  const plain = textOf(paragraph).replaceAll(/\s+/gu, " ").trim();
  if (plain.length <= limit) return plain;
  let whole = "";
  for (const { segment } of SENTENCES.segment(plain)) {
    if (whole.length + segment.trimEnd().length > limit) break;
    whole += segment;
  }
  if (whole.length > limit / 3) return whole.trimEnd();
  return `${plain.slice(0, limit - 1).replace(/\s+\S*$/u, "")}…`;
}
