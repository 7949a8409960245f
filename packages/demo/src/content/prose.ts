/**
 * Template tag for Markdown that is wrapped in the source: takes off the indentation, and joins the
 * lines of each paragraph, so that wrapping is for the editor alone. Lists, headings and quotes keep
 * their lines: a line that starts with a marker begins a new one.
 */
export function prose(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const text = String.raw({ raw: strings }, ...values);
  return text
    .trim()
    .split(/\n\s*\n/u)
    .map(joinLines)
    .join("\n\n");
}

const blockMarker = /^(?:[-*>#]|\d+\.)\s/u;

function joinLines(block: string): string {
  const lines: string[] = [];
  for (const line of block.split("\n")) {
    const text = line.trim();
    const last = lines.at(-1);
    if (last === undefined || blockMarker.test(text)) lines.push(text);
    else lines[lines.length - 1] = `${last} ${text}`;
  }
  return lines.join("\n");
}
