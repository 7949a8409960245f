import { describe, expect, it } from "vitest";
import { type Mark, marking } from "./markdown-marks.ts";

/** A text in which `[` and `]` stand around what is chosen, before and after a mark. */
function mark(name: Mark, before: string): string {
  const start = before.indexOf("‹");
  const end = before.indexOf("›") - 1;
  const text = before.replace("‹", "").replace("›", "");
  const made = marking(name, { text, start, end });
  const after = text.slice(0, made.from) + made.by + text.slice(made.to);
  return `${after.slice(0, made.start)}‹${after.slice(made.start, made.end)}›${after.slice(made.end)}`;
}

describe("a mark", () => {
  it.each<[Mark, string, string]>([
    ["bold", "a ‹word› b", "a **‹word›** b"],
    ["bold", "a **‹word›** b", "a ‹word› b"],
    ["italic", "‹›", "_‹›_"],
    ["code", "‹x›", "`‹x›`"],
    ["link", "see ‹this›", "see [this](‹›)"],
    ["link", "‹https://example.com/a›", "[‹›](https://example.com/a)"],
    ["heading", "one\ntw‹›o\nthree", "one\n## tw‹›o\nthree"],
    ["heading", "## tw‹›o", "tw‹›o"],
    ["bullets", "one\n‹two\nthree›\nfour", "one\n‹- two\n- three›\nfour"],
    ["bullets", "‹- two\n- three›", "‹two\nthree›"],
    ["numbers", "‹two\nthree›", "‹1. two\n2. three›"],
    ["numbers", "‹1. two\n2. three›", "‹two\nthree›"],
    ["quote", "‹›", "> ‹›"],
  ])("%s makes of %j %j", (name, before, after) => {
    expect(mark(name, before)).toBe(after);
  });
});
