import { expect, test } from "vitest";
import { formatCount, formatRatio, formatShare, markdownTable } from "./table.ts";

test("a table is Markdown, and stands in line without being rendered", () => {
  const table = markdownTable(
    [
      { title: "Contender", align: "left" },
      { title: "µs", align: "right" },
    ],
    [
      ["bare", "7"],
      ["lectern’s own", "1,234"],
    ],
  );
  expect(table.split("\n")).toEqual([
    "| Contender     |    µs |",
    "| ------------- | ----: |",
    "| bare          |     7 |",
    "| lectern’s own | 1,234 |",
  ]);
});

test("a row that is too short has empty cells", () => {
  const table = markdownTable(
    [
      { title: "One", align: "left" },
      { title: "Two", align: "left" },
    ],
    [["a"]],
  );
  expect(table.split("\n").at(-1)).toBe("| a   |     |");
});

test("ratios have three digits that count", () => {
  expect([0.0456, 0.6, 0.9449, 1, 1.083, 14.23, 250.4].map(formatRatio)).toEqual([
    ".046",
    ".600",
    ".945",
    "1.00",
    "1.08",
    "14.2",
    "250",
  ]);
});

test("counts have as many decimals as small ones need", () => {
  expect([0.123, 9.5, 12.34, 1234.5, 1_000_000].map(formatCount)).toEqual([
    "0.12",
    "9.50",
    "12.3",
    "1,235",
    "1,000,000",
  ]);
});

test("shares are per cent", () => {
  expect([0, 0.126, 1].map(formatShare)).toEqual(["0 %", "13 %", "100 %"]);
});
