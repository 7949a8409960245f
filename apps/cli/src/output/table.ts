import Table from "cli-table3";
import { type Terminal, withoutControls } from "./terminal.ts";

/** Tables for people: no lines but spaces, as wide as the terminal at most. */

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Whether it gives way when the terminal is narrow; its text is then wrapped. */
  readonly isFlexible?: boolean;
}

const BARE = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};
const GAP = 2;
const NARROWEST = 16;

function widthOf(text: string): number {
  return Math.max(...text.split("\n").map((line) => [...line].length));
}

/**
 * @returns the width of each column: its own, but where that is too much for the terminal, the
 *   flexible ones share what is left; none of them gives way before it is wider than its share
 */
function fit(columns: readonly Column[], natural: readonly number[], available: number): number[] {
  const widths = [...natural];
  const flexible = columns
    .flatMap((column, at) => (column.isFlexible === true ? [at] : []))
    .toSorted((left, right) => (natural[left] ?? 0) - (natural[right] ?? 0));
  const total = natural.reduce((sum, width) => sum + width + GAP, -GAP);
  let room = available - total + flexible.reduce((sum, at) => sum + (natural[at] ?? 0), 0);
  for (const [taken, at] of flexible.entries()) {
    const share = Math.max(NARROWEST, Math.floor(room / (flexible.length - taken)));
    widths[at] = Math.min(natural[at] ?? 0, share);
    room -= widths[at];
  }
  return widths;
}

/** Prints rows below a head. */
export function printTable(
  terminal: Terminal,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): void {
  if (terminal.isJson) return;
  const cells = rows.map((row) => row.map(withoutControls));
  const natural = columns.map(({ title }, at) =>
    Math.max(widthOf(title), ...cells.map((row) => widthOf(row[at] ?? ""))),
  );
  const table = new Table({
    chars: BARE,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    head: columns.map(({ title }) => terminal.style("dim", title)),
    colAligns: columns.map(({ align }) => align ?? "left"),
    colWidths: fit(columns, natural, terminal.columns),
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  table.push(...cells.map((row) => [...row]));
  terminal.print(
    table
      .toString()
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n"),
  );
}

/** Prints names and values below each other. */
export function printPairs(
  terminal: Terminal,
  pairs: readonly (readonly [name: string, value: string])[],
): void {
  const width = Math.max(...pairs.map(([name]) => name.length));
  for (const [name, value] of pairs) {
    if (value === "") continue;
    const lines = withoutControls(value).split("\n");
    const indented = lines.join(`\n${" ".repeat(width + GAP)}`);
    terminal.print(`${terminal.style("dim", name.padEnd(width + GAP))}${indented}`);
  }
}
