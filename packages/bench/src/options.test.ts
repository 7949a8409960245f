import { describe, expect, test } from "vitest";
import { type BenchOptions, helpText, parseOptions } from "./options.ts";

const ROWS = ["empty", "list", "bookings"];

function optionsOf(...args: string[]): BenchOptions {
  const parsed = parseOptions(args, { all: ROWS });
  if (parsed.kind !== "run") throw new Error(`Not understood: ${JSON.stringify(parsed)}`);
  return parsed.options;
}

function complaintAbout(...args: string[]): string {
  const parsed = parseOptions(args, { all: ROWS });
  return parsed.kind === "wrong" ? parsed.message : `no complaint: ${parsed.kind}`;
}

describe("the command line", () => {
  test("measures everything without options", () => {
    expect(optionsOf()).toMatchObject({ isQuick: false, rows: ROWS, json: undefined });
  });

  test("--quick measures less of everything", () => {
    const quick = optionsOf("--quick");
    const { timing } = optionsOf();
    expect(quick).toMatchObject({ isQuick: true, rows: ROWS });
    expect(quick.timing.rounds).toBeLessThan(timing.rounds);
    expect(quick.timing.slotMs).toBeLessThan(timing.slotMs);
    expect(quick.timing.warmUpMs).toBeLessThan(timing.warmUpMs);
  });

  test("--rows takes names in any order, and keeps the table's", () => {
    expect(optionsOf("--rows", "bookings, empty").rows).toEqual(["empty", "bookings"]);
    expect(optionsOf("--rows=list").rows).toEqual(["list"]);
  });

  test("--rows refuses names that there are not, and no names at all", () => {
    expect(complaintAbout("--rows", "list,lits")).toContain("not lits");
    expect(complaintAbout("--rows", ",")).toContain("empty, list, bookings");
  });

  test("--rounds takes numbers that can be counted to", () => {
    expect(optionsOf("--quick", "--rounds", "5").timing.rounds).toBe(5);
    for (const wrong of ["0", "-1", "2.5", "many", "1e9"])
      expect(complaintAbout(`--rounds=${wrong}`)).toContain("--rounds");
  });

  test("--patience takes seconds", () => {
    expect(optionsOf("--patience", "90").timing.patienceMs).toBe(90_000);
    expect(optionsOf("--patience=0").timing.patienceMs).toBe(0);
    expect(optionsOf("--quick").timing.patienceMs).toBe(0);
    expect(complaintAbout("--patience=soon")).toContain("--patience");
  });

  test("--json and --baseline take a file", () => {
    expect(optionsOf("--json", "a.json", "--baseline", "b.json")).toMatchObject({
      json: "a.json",
      baseline: "b.json",
    });
    expect(complaintAbout("--json")).toContain("--json");
  });

  test("--peers adds those who are compared, and the rows that there are with them alone", () => {
    const known = [...ROWS, "cms-list"];
    const rowsOf = (...args: string[]) => parseOptions(args, { all: known, ofPeers: ["cms-list"] });
    expect(rowsOf()).toMatchObject({ options: { withPeers: false, rows: ROWS } });
    expect(rowsOf("--peers")).toMatchObject({ options: { withPeers: true, rows: known } });
    expect(rowsOf("--peers", "--rows=cms-list,list")).toMatchObject({
      options: { rows: ["list", "cms-list"] },
    });
    expect(rowsOf("--rows=cms-list,list")).toEqual({
      kind: "wrong",
      message: "cms-list can be measured with --peers only",
    });
  });

  test("--quick leaves long rows out, unless they are named", () => {
    const rowsOf = (...args: string[]) => parseOptions(args, { all: ROWS, long: ["list"] });
    expect(rowsOf()).toMatchObject({ options: { rows: ROWS } });
    expect(rowsOf("--quick")).toMatchObject({ options: { rows: ["empty", "bookings"] } });
    expect(rowsOf("--quick", "--rows=list")).toMatchObject({ options: { rows: ["list"] } });
  });

  test("--chart draws a run, and with --from an earlier one, of which nothing is measured", () => {
    expect(optionsOf("--chart", "a.svg")).toMatchObject({ chart: "a.svg", rows: ROWS });
    expect(parseOptions(["--chart", "a.svg", "--from", "b.json"], { all: ROWS })).toEqual({
      kind: "draw",
      chart: "a.svg",
      from: "b.json",
    });
    const alone = "--from takes a --chart to draw, and nothing else";
    expect(complaintAbout("--from", "b.json")).toBe(alone);
    for (const other of ["--rows=list", "--rounds=3", "--quick", "--peers", "--json=c.json"])
      expect(complaintAbout("--chart", "a.svg", "--from", "b.json", other)).toBe(alone);
  });

  test("what it does not know is wrong", () => {
    expect(complaintAbout("--fast")).toContain("--fast");
    expect(complaintAbout("list")).toContain("list");
  });

  test("--help asks for help, whatever else is there", () => {
    expect(parseOptions(["--quick", "-h"], { all: ROWS })).toEqual({ kind: "help" });
  });
});

test("the help names every option and row", () => {
  const help = helpText(ROWS.map((name) => ({ name, title: `Title of ${name}` })));
  for (const named of [
    "--quick",
    "--rows",
    "--peers",
    "--rounds",
    "--patience",
    "--json",
    "--baseline",
    "--chart",
    "--from",
    "--help",
    ...ROWS,
    "Title of list",
  ])
    expect(help).toContain(named);
});
