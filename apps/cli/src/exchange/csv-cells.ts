/** What stands in the cells of a CSV that Lectern writes, and back without loss. */

/**
 * A list in one cell: entries parted by `;`. A `;`, a `\` and spaces at either end of an entry are
 * written with a `\` before them.
 */
export function listToCell(entries: readonly string[]): string {
  return entries
    .map((entry) =>
      entry.replaceAll(/[\\;]/gu, String.raw`\$&`).replaceAll(/^\s|\s$/gu, String.raw`\$&`),
    )
    .join(";");
}

/** @returns the entries of a list cell; what `listToCell` wrote comes back as it was */
export function cellToList(cell: string): string[] {
  if (cell.trim() === "") return [];
  const entries: string[] = [];
  // An escaped character is kept apart from the rest until the spaces around entries are gone.
  let entry = "";
  let keepUntil = 0;
  const push = () => {
    const kept = entry.slice(0, keepUntil);
    entries.push(kept + entry.slice(keepUntil).trimEnd());
    entry = "";
    keepUntil = 0;
  };
  const characters = [...cell];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    if (character === "\\" && at + 1 < characters.length) {
      at += 1;
      entry += characters[at] ?? "";
      keepUntil = entry.length;
    } else if (character === ";") {
      push();
    } else if (entry !== "" || character.trim() !== "") {
      entry += character;
    }
  }
  push();
  return entries.filter((each) => each !== "");
}

const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** Keeps a spreadsheet from running a text as a formula (OWASP, CSV injection). */
export function guardCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** @returns the text that `guardCell` was given */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
