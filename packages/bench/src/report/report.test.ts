import { describe, expect, test } from "vitest";
import { compare } from "../rounds.ts";
import type { ContenderResult, RowResult, Sample } from "../sample.ts";
import { summarise } from "../statistics.ts";
import { type Report, formatReport } from "./report.ts";

function contender(name: string, othersShare: number | null, ...values: number[]): ContenderResult {
  const samples = values.map((value): Sample => ({
    value,
    processorMicros: 1e6 / value,
    p50Ms: 1.5,
    p99Ms: null,
    othersShare,
    outcomes: { 200: value },
  }));
  return { name, samples, value: summarise(values) };
}

function rowOf(othersShare: number | null): RowResult {
  const contenders = [
    contender("lectern", othersShare, 400, 500, 450),
    contender("bare", othersShare, 1000, 1000, 1000),
  ];
  return {
    name: "one-row",
    title: "One row by key",
    unit: "answers/s",
    contenders,
    comparisons: compare(contenders, [
      { of: "lectern", to: "bare", aim: { atLeast: 0.4 } },
      { of: "bare", to: "lectern", aim: { atMost: 0.8 } },
    ]),
    notes: ["Mind the gap."],
  };
}

function reportOf(row: RowResult): Report {
  return {
    startedAt: "2027-01-01T00:00:00.000Z",
    seconds: 61.2,
    isQuick: false,
    timing: { rounds: 3, slotMs: 1000, rampMs: 0, warmUpMs: 0, patienceMs: 0 },
    machine: {
      model: "Abacus",
      processorCount: 2,
      memoryGiB: 24,
      system: "Linux",
      processors: { server: "0", rest: "1" },
      loadAverage: 0.25,
      flushMicros: 250,
      versions: { Node: "26.10.0", PostgreSQL: "18.4" },
      revision: null,
    },
    rows: [row],
    failures: [],
  };
}

/** Cells of the lines that hold a text. */
function cellsWith(text: string, report: string): string[][] {
  return report
    .split("\n")
    .filter((line) => line.startsWith("|") && line.includes(text))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe("the report", () => {
  test("says what was measured, on what, and with which versions", () => {
    const report = formatReport(reportOf(rowOf(0.02)));
    for (const said of [
      "Abacus, 2 processors, 24 GiB, Linux; server on processor 0, database and load on 1",
      "8 KiB through to the disk takes 250 µs",
      "Node 26.10.0, PostgreSQL 18.4.",
      "3 rounds of 1000 ms a contender, in 61 s",
      "**one-row**: One row by key (answers/s)",
      "one-row: Mind the gap.",
      "other programs took 2 % of the server's processor",
    ])
      expect(report).toContain(said);
  });

  test("shows figures, ratios and whether aims are met", () => {
    const report = formatReport(reportOf(rowOf(0.02)));
    expect(cellsWith("one-row", report)).toEqual([
      ["one-row", "lectern", "450", "425–475", "2,222", "1.50", "–", "–"],
      ["one-row", "lectern ÷ bare", ".450", ".425–.475", ".450", "≥ .400", "yes"],
      ["one-row", "bare ÷ lectern", "2.22", "2.11–2.36", "2.22", "≤ .800", "not yet"],
    ]);
  });

  test("does not judge by what others disturbed", () => {
    const report = formatReport(reportOf(rowOf(0.4)));
    expect(cellsWith("lectern ÷ bare", report)[0]?.at(-1)).toBe("too noisy");
    expect(report).toContain("go by CPU");
  });

  test("does judge where nobody knows how much others disturbed, and says so", () => {
    const report = formatReport(reportOf(rowOf(null)));
    expect(cellsWith("lectern ÷ bare", report)[0]?.at(-1)).toBe("yes");
    expect(report).toContain("is not known here");
  });

  test("shows an earlier run beside", () => {
    const before = { ratio: { median: 0.3, low: 0.2, high: 0.4 }, of: "lectern", to: "bare" };
    const report = formatReport(reportOf(rowOf(0)), {
      rows: [{ name: "one-row", comparisons: [before] }],
    });
    expect(cellsWith("Baseline", report)).toHaveLength(1);
    expect(cellsWith("÷", report).map((cells) => cells.at(-1))).toEqual([".300", "–"]);
  });
});
