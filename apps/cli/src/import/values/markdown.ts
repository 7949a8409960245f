import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";

/** Keeps Markdown from carrying anything but text: no raw HTML, no addresses that run code. */

const SAFE_SCHEMES = new Set(["http", "https", "mailto", "tel"]);
const ROUNDS_MAX = 20;

function isSafeAddress(address: string): boolean {
  // Browsers drop these characters before they look for a scheme.
  const plain = address.replaceAll(/[\u0000-\u0020\u007F-\u00A0\u200B-\u200D\uFEFF]/gu, "");
  const scheme = /^([^/?#:]*):/u.exec(plain)?.[1];
  return scheme === undefined || SAFE_SCHEMES.has(scheme.toLowerCase());
}

/** Offsets of the characters that must be escaped for this node to become text. */
function offsetsToEscape(node: Nodes, markdown: string): number[] {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) return [];
  switch (node.type) {
    case "html": {
      const source = markdown.slice(start, end);
      return [...source.matchAll(/<(?=[A-Za-z/!?])/gu)].map(({ index }) => start + index);
    }
    case "link":
    case "definition":
      return isSafeAddress(node.url) ? [] : [start];
    case "image":
      return isSafeAddress(node.url) ? [] : [start, start + 1];
    default:
      return [];
  }
}

function collect(node: Nodes, markdown: string, offsets: Set<number>): void {
  for (const offset of offsetsToEscape(node, markdown)) offsets.add(offset);
  if ("children" in node) for (const child of node.children) collect(child, markdown, offsets);
}

function insertBackslashes(markdown: string, offsets: ReadonlySet<number>): string {
  let result = "";
  let from = 0;
  for (const offset of [...offsets].toSorted((a, b) => a - b)) {
    result += `${markdown.slice(from, offset)}\\`;
    from = offset;
  }
  return result + markdown.slice(from);
}

/** Whether a text can't hold raw HTML or an unsafe address, told without parsing it. */
function isPlainlySafe(markdown: string): boolean {
  return !markdown.includes("<") && !(markdown.includes("[") && /[:&]/u.test(markdown));
}

/**
 * @param markdown CommonMark from anywhere
 * @returns the same text, byte for byte, unless it holds raw HTML or a link that is not to a web,
 *   mail or telephone address: those are escaped, so that they show as they are written
 */
export function withoutRawHtml(markdown: string): string {
  if (isPlainlySafe(markdown)) return markdown;
  let text = markdown;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const offsets = new Set<number>();
    collect(fromMarkdown(text), text, offsets);
    if (offsets.size === 0) return text;
    text = insertBackslashes(text, offsets);
  }
  return text.replaceAll("<", "&lt;").replaceAll("[", "&#91;");
}
