/** A table as a file for spreadsheets (RFC 4180). */

/** With these a spreadsheet takes a text for a formula. */
const FORMULA = /^[\s\u0000]*[=+\-@\t\r|%]/u;
const NEEDS_QUOTES = /[",\r\n]/u;

/** Numbers are what they are; a text means itself, whatever it begins with. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** @returns the rows as CSV, with the mark by which spreadsheets know UTF-8 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}
