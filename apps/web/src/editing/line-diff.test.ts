import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DiffLine, diffLines, withContext } from "./line-diff.ts";

const signs = { same: " ", removed: "-", added: "+" } as const;
const written = (lines: readonly DiffLine[]) => lines.map(({ kind, text }) => signs[kind] + text);
const side = (lines: readonly DiffLine[], without: DiffLine["kind"]) =>
  lines.filter(({ kind }) => kind !== without).map(({ text }) => text);

describe("comparing texts", () => {
  it("tells which lines went and which came", () => {
    expect(written(diffLines("a\nb\nc\nd", "a\nc\nx\nd"))).toEqual([" a", "-b", " c", "+x", " d"]);
    expect(written(diffLines("", "a"))).toEqual(["+a"]);
    expect(diffLines("", "")).toEqual([]);
  });

  it("has all of both texts in their order, and no more changes than it takes", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before.join("\n"), after.join("\n"));
        expect(side(lines, "added")).toEqual(before);
        expect(side(lines, "removed")).toEqual(after);
        const changes = lines.filter(({ kind }) => kind !== "same").length;
        expect(changes).toBe(before.length + after.length - 2 * longestCommon(before, after));
      }),
    );
  });

  it("gives up on texts that have nothing in common, and still shows both", () => {
    const lines = (letter: string) => Array.from({ length: 2000 }, (_, i) => `${letter}${i}`);
    const diff = diffLines(lines("a").join("\n"), lines("b").join("\n"));
    expect([side(diff, "added").length, side(diff, "removed").length]).toEqual([2000, 2000]);
  });

  it("leaves out what is far from any change", () => {
    const lines = diffLines("1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5\nsix");
    expect(withContext(lines, 1)).toEqual([{ left: 4 }, { lines: lines.slice(4) }]);
  });
});

function longestCommon(one: readonly string[], other: readonly string[]): number {
  let row = Array.from({ length: other.length + 1 }, () => 0);
  for (const a of one) {
    const next = [0];
    for (const [j, b] of other.entries()) {
      next.push(a === b ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
