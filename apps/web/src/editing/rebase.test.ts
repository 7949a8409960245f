import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conflicting, differing, rebase, withFields } from "./rebase.ts";

const start = { title: "A", summary: "S", outcomes: ["one"] };

describe("what two change at once", () => {
  it("is taken in where only others did, stays where only I did, and is asked where both did", () => {
    const mine = { ...start, title: "Mine", outcomes: ["two"] };
    const theirs = { title: "Theirs", summary: "New", outcomes: ["one"] };
    const edit = rebase({ base: start, mine }, theirs);
    expect(edit.mine).toEqual({ title: "Mine", summary: "New", outcomes: ["two"] });
    expect(conflicting(edit, theirs)).toEqual(["title"]);
    // Mine stays: I have seen theirs.
    const kept = { ...edit, base: withFields(edit.base, theirs, ["title"]) };
    expect(conflicting(kept, theirs)).toEqual([]);
    expect(differing(kept.mine, theirs)).toEqual(["title", "outcomes"]);
  });

  it("is nothing to ask about where both did the same", () => {
    const same = { ...start, title: "Same" };
    const edit = rebase({ base: start, mine: same }, same);
    expect([differing(edit.mine, same), conflicting(edit, same)]).toEqual([[], []]);
  });

  it("may be a field that one of us took away", () => {
    interface Texts {
      title: string;
      [language: `translation_${string}`]: string | null;
    }
    const base: Texts = { title: "A", translation_nb: "B" };
    const mine: Texts = { title: "A", translation_nb: null };
    const theirs: Texts = { title: "A" };
    expect(conflicting(rebase({ base, mine }, theirs), theirs)).toEqual([]);
    const others: Texts = { title: "A", translation_nb: "B2", translation_de: "D" };
    const edit = rebase({ base, mine }, others);
    expect(edit.mine).toEqual({ title: "A", translation_nb: null, translation_de: "D" });
    expect(conflicting(edit, others)).toEqual(["translation_nb"]);
  });

  it("never loses what I typed", () => {
    const texts = fc.record({ a: fc.nat(2), b: fc.nat(2), c: fc.nat(2) });
    fc.assert(
      fc.property(texts, texts, fc.array(texts, { maxLength: 4 }), (base, mine, saves) => {
        let edit = { base, mine };
        for (const theirs of saves) edit = rebase(edit, theirs);
        const theirs = saves.at(-1) ?? base;
        for (const key of differing(base, mine)) {
          // Mine, or theirs of somebody who wrote the same as I on the way.
          const others = saves.some((save) => save[key] === mine[key]);
          expect(edit.mine[key] === mine[key] || others).toBe(true);
        }
        expect(rebase(edit, theirs)).toEqual(edit);
      }),
    );
  });
});
