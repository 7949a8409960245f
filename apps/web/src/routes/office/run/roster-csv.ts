/** A roster as a file for spreadsheets (RFC 4180). */

/** With these a cell would be taken for a formula. */
const FORMULA = /^[\s\u0000]*[=+\-@\t\r|%]/u;
const NEEDS_QUOTES = /[",\r\n]/u;

/**
 * @returns a cell that means itself: what a spreadsheet would run as a formula has an apostrophe before it, which those programs do
 *   not show
 */
function cell(value: string): string {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** @returns rows of texts as CSV, with the mark by which spreadsheets know UTF-8 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}
