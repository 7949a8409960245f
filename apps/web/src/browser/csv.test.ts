import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvOf } from "./csv.ts";

/** What a spreadsheet reads: rows of cells (RFC 4180). */
function read(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gu;
  for (const [, quoted, plain = "", end] of csv.slice(1).matchAll(cells)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe("a roster as a file", () => {
  it("is read as it was written, whatever is in it", () => {
    const cell = fc.string({ unit: "binary" }).map((text) => `x${text.replaceAll("\u0000", "")}`);
    const rows = fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(rows, (written) => {
        expect(read(csvOf(written))).toEqual(written);
      }),
    );
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|x", "%x"])(
    "runs no formula: %j",
    (text) => {
      expect(read(csvOf([[text]]))[0]?.[0]).toBe(`'${text}`);
    },
  );
});
