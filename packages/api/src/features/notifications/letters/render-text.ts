import type { Block, Letter } from "./letter.ts";

/**
 * The same letter for who reads plain text.
 *
 * @param footer under the letter
 * @returns lines ended by `\n`; long ones are not broken, the reader's program does that
 */
export function renderText(letter: Letter, footer: string): string {
  const parts = [letter.heading, ...letter.blocks.map(renderBlock), `-- \n${footer}`];
  return `${parts.join("\n\n")}\n`;
}

function renderBlock(block: Block): string {
  switch (block.type) {
    case "text":
    case "note":
      return block.text;
    case "markdown":
      return block.source.trim();
    case "facts":
      return block.facts.map(({ label, lines }) => named(label, lines)).join("\n");
    case "links":
      return block.links.map(({ label, url }) => named(label, [url])).join("\n");
    case "button":
      return `${block.label}:\n${block.url}`;
  }
}

function named(label: string, lines: readonly string[]): string {
  const [only = ""] = lines;
  return lines.length === 1 && !only.includes("\n")
    ? `${label}: ${only}`
    : `${label}:\n${lines.map((line) => `  ${line.replaceAll("\n", "\n  ")}`).join("\n")}`;
}
