import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ROOT } from "../workspace.ts";
import { type Checked, findAsvsFaults, findDeadReferences } from "./find-asvs-faults.ts";

/** Numbers and levels of the Application Security Verification Standard; what they ask is in the standard. */
const LEVELS = z
  .object({ "1": z.array(z.string()), "2": z.array(z.string()) })
  .parse(JSON.parse(readFileSync(new URL("asvs-5.0.0.json", import.meta.url), "utf8")));

const DOCS = join(ROOT, "docs");

/** @returns a page of the documentation, and what reads the files that it links to */
function pageAt(folder: string, name: string) {
  function read(path: string): string | undefined {
    const file = join(folder, path);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    return found.isFile() ? readFileSync(file, "utf8") : "";
  }
  return { markdown: readFileSync(join(folder, name), "utf8"), read };
}

describe("the table of security requirements", () => {
  test("has each of ASVS 5.0.0, levels 1 and 2, once, with evidence that is there and sums that are right", () => {
    expect(LEVELS["1"]).toHaveLength(70);
    expect(LEVELS["2"]).toHaveLength(183);
    const page = pageAt(join(DOCS, "security"), "asvs.md");
    expect(findAsvsFaults({ ...page, levels: LEVELS })).toEqual([]);
  });
});

describe("the page on security", () => {
  test("has links that lead somewhere, and names tests that are there", () => {
    expect(findDeadReferences(pageAt(DOCS, "security.md"))).toEqual([]);
  });

  test("would be told of a test that is not there, with its line", () => {
    const { read } = pageAt(DOCS, "security.md");
    const markdown = "# Security\n\n[a test](security.test.ts) “is there”, [here](#security)";
    expect(findDeadReferences({ markdown, read })).toEqual([
      "line 3 links to security.test.ts, which is not there",
    ]);
  });
});

/** A small academy whose table is right. */
const SMALL: Checked = {
  levels: { "1": ["1.1.1", "2.1.1"], "2": ["1.1.2", "2.1.2"] },
  read: (path) =>
    new Map([
      ["door.test.ts", 'describe("a door", () => { it("is closed", () => {}); });'],
      ["../page.md", "# A page\n\n## Doors, and `windows`\n"],
      ["../src", ""],
    ]).get(path),
  markdown: [
    "| Chapter | tested | documented | not applicable | open | all |",
    "| --- | --- | --- | --- | --- | --- |",
    "| [V1](#v1-doors) Doors | 1 | 1 | 0 | 0 | 2 |",
    "| [V2](#v2-windows) Windows | 0 | 0 | 1 | 1 | 2 |",
    "| **All** | 1 | 1 | 1 | 1 | 4 |",
    "",
    "## V1 Doors",
    "| 1.1.1 | 1 | doors are closed | tested | [door.test.ts](door.test.ts) “is closed” |",
    "| 1.1.2 | 2 | doors have names | documented | [a page](../page.md#doors-and-windows) |",
    "## V2 Windows",
    "| 2.1.1 | 1 | windows are high | not applicable | there are no windows |",
    "| 2.1.2 | 2 | windows are clean | open | somebody has to look |",
  ].join("\n"),
};

describe("a table", () => {
  test("that is right has no faults", () => {
    expect(findAsvsFaults(SMALL)).toEqual([]);
  });

  test.each([
    ["a requirement is missing", "| 2.1.2 |", "| x |", "2.1.2 is missing"],
    ["one is there twice", "| 1.1.2 | 2", "| 1.1.1 | 1", "1.1.1 is there twice"],
    ["a number is none", "| 1.1.2 |", "| 1.9.9 |", "the standard has no 1.9.9"],
    ["a level is wrong", "| 1.1.2 | 2 |", "| 1.1.2 | 1 |", "1.1.2 is of level 2"],
    ["a chapter is wrong", "## V2 Windows", "## V3 Roofs", "2.1.1 does not belong under V3"],
    ["a status is none of the four", "| tested | [", "| done | [", '1.1.1 is "done"'],
    ["a status is written in another way", "| open | some", "| Open | some", '2.1.2 is "Open"'],
    ["nothing is asked", "windows are high", "", "2.1.1 does not say what it asks"],
    ["too much is said", "windows are high", "windows ".repeat(17), "in more than 16 words"],
    ["a test has no name", "“is closed”", "", "1.1.1 is tested, and names no test"],
    ["a test is not there", "“is closed”", "“is open”", "“is open”, which is not in door.test.ts"],
    ["a part of a test's name is given", "“is closed”", "“closed”", "“closed”, which is not in"],
    ["a test's file is not there", "(door.test.ts)", "(gate.test.ts)", "links to gate.test.ts"],
    ["a test is one of no test", "[door.test.ts](door.test.ts)", "[src](../src)", "no test file"],
    ["a test's name has no file", "[door.test.ts](door.test.ts)", "", "of no test file"],
    ["a page has no such heading", "#doors-and-windows", "#doors", "has no such heading"],
    ["a page is not there", "../page.md", "../pages.md", "links to ../pages.md"],
    ["nothing is documented", "[a page](../page.md#doors-and-windows)", "", "links to no page"],
    ["a reason is missing", "there are no windows", "none", "does not say why"],
    ["a gap is not explained", "somebody has to look", "–", "does not say why"],
    ["a sum is wrong", "| 1 | 1 | 0 | 0 | 2 |", "| 2 | 0 | 0 | 0 | 2 |", "of V1 are | 1 | 1 | 0"],
    ["the sum of all is wrong", "| 1 | 4 |", "| 2 | 4 |", "of All are | 1 | 1 | 1 | 1 | 4 |"],
    ["a sum is missing", "| [V2]", "| V2", "0 lines for V2"],
    [
      "the counts are in another order",
      "documented | not",
      "not | documented",
      "no table has the head",
    ],
    ["a sum is of nothing", "[V2](#v2-windows)", "[V9](#v9)", "nothing to sum up for V9"],
  ])("is told of when %s", (_what, right, wrong, fault) => {
    const markdown = SMALL.markdown.replace(right, wrong);
    expect(markdown).not.toBe(SMALL.markdown);
    const faults = findAsvsFaults({ ...SMALL, markdown });
    expect(faults).toContainEqual(expect.stringContaining(fault));
  });
});
