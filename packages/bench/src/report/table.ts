/** A table of text for a terminal and for Markdown alike. */

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** @returns lines of a Markdown table whose columns also stand in line where it is not rendered */
export function markdownTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(3, title.length, ...rows.map((cells) => (cells[index] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${columns
      .map(({ align }, index) => {
        const [cell = "", width = 0] = [cells[index], widths[index]];
        return align === "left" ? cell.padEnd(width) : cell.padStart(width);
      })
      .join(" | ")} |`;
  const rule = columns.map(({ align }, index) => {
    const dashes = "-".repeat((widths[index] ?? 0) - 1);
    return align === "left" ? `${dashes}-` : `${dashes}:`;
  });
  return [line(columns.map(({ title }) => title)), line(rule), ...rows.map(line)].join("\n");
}

/** @returns a ratio with three digits that count: `.945`, `1.08`, `14.2` */
export function formatRatio(ratio: number): string {
  if (ratio >= 100) return String(Math.round(ratio));
  const text = ratio >= 10 ? ratio.toFixed(1) : ratio >= 1 ? ratio.toFixed(2) : ratio.toFixed(3);
  return text.replace(/^0\./u, ".");
}

/** @returns a count with its thousands set apart, and as many decimals as a small one needs */
export function formatCount(count: number): string {
  const digits = count >= 100 ? 0 : count >= 10 ? 1 : 2;
  return count.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** @returns `12 %` */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}
