import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CSV_COLUMNS } from "../src/exchange/csv.ts";
import { EXIT } from "../src/exit-codes.ts";
import { FINDING_CODES } from "../src/import/findings.ts";
import { meaningOf } from "../src/import/csv/columns.ts";

const GUIDE = readFileSync(new URL("../../../docs/importing.md", import.meta.url), "utf8");

/** The first cells of a table's rows, by the head of its first column. */
function firstCells(head: string): string[] {
  const rows = GUIDE.split("\n");
  const start = rows.findIndex((row) => row.startsWith(`| ${head} `));
  const end = rows.findIndex((row, at) => at > start && !row.startsWith("|"));
  return rows.slice(start + 2, end).map((row) => row.split("|")[1]?.trim() ?? "");
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/gu)].flatMap(([, word]) => word ?? []);
}

describe("the guide to importing", () => {
  it("explains each sort of dirt, and no other", () => {
    expect(firstCells("Code").flatMap(quotedIn)).toEqual([...FINDING_CODES]);
  });

  it("explains each column, and no other", () => {
    expect(firstCells("Column").flatMap(quotedIn).toSorted()).toEqual([...CSV_COLUMNS].toSorted());
  });

  it("names columns of TeSS that are understood", () => {
    const [, tess = ""] = GUIDE.split("is read as it is:");
    const names = quotedIn(tess.split("## Dirt")[0] ?? "");

    expect(names.length).toBe(29);
    expect(names.filter((name) => meaningOf(name) === undefined)).toEqual([]);
  });

  it("lists the exit codes that an import ends with", () => {
    const documented = firstCells("Exit code").map(Number);

    expect(documented).toEqual(Object.values(EXIT).filter((code) => code !== EXIT.defect));
  });
});
