import { describe, expect, it } from "vitest";
import { NOTHING_PRESSED, type Stroke, keyCaps, press, strokeOf } from "./shortcuts.ts";

function stroke(key: string, held: Partial<Stroke> = {}): Stroke {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe("a stroke", () => {
  it("is named by the sign that it writes, and by what is held", () => {
    expect(strokeOf(stroke("k", { ctrlKey: true }), false)).toBe("mod+k");
    expect(strokeOf(stroke("k", { metaKey: true }), true)).toBe("mod+k");
    expect(strokeOf(stroke("k", { metaKey: true }), false)).toBe("meta+k");
    expect(strokeOf(stroke("K", { ctrlKey: true, shiftKey: true }), false)).toBe("mod+shift+k");
    expect(strokeOf(stroke("?", { shiftKey: true }), false)).toBe("?");
    expect(strokeOf(stroke("G", { shiftKey: true }), false)).toBe("g");
    expect(strokeOf(stroke("ArrowDown", { shiftKey: true }), false)).toBe("shift+ArrowDown");
    expect(strokeOf(stroke("x", { altKey: true }), false)).toBe("alt+x");
    expect(strokeOf(stroke("@", { altKey: true }), false)).toBe("@");
  });

  it("is none while only a modifier is held", () => {
    expect(strokeOf(stroke("Control", { ctrlKey: true }), false)).toBeUndefined();
  });
});

describe("shortcuts", () => {
  const all = [{ keys: "g t" }, { keys: "g p" }, { keys: "t" }, { keys: "mod+k" }];

  function type(strokes: readonly (readonly [stroke: string, at: number])[]): string[] {
    let pressed = NOTHING_PRESSED;
    return strokes.flatMap(([next, at]) => {
      const step = press(pressed, next, at, all);
      pressed = step.pressed;
      return step.found === undefined ? [] : [step.found.keys];
    });
  }

  it("of several strokes count when they come one after the other", () => {
    expect(
      type([
        ["g", 0],
        ["t", 900],
        ["t", 1000],
      ]),
    ).toEqual(["g t", "t"]);
    expect(
      type([
        ["g", 0],
        ["mod+k", 10],
      ]),
    ).toEqual(["mod+k"]);
    expect(
      type([
        ["g", 0],
        ["x", 10],
        ["t", 20],
      ]),
    ).toEqual(["t"]);
    expect(
      type([
        ["g", 0],
        ["g", 10],
        ["p", 20],
      ]),
    ).toEqual(["g p"]);
  });

  it("are begun anew when one waits too long", () => {
    expect(
      type([
        ["g", 0],
        ["t", 5000],
      ]),
    ).toEqual(["t"]);
  });

  it("of a page come before those of what stands around it", () => {
    const page = { keys: "t", isPage: true };
    expect(press(NOTHING_PRESSED, "t", 0, [...all, page]).found).toBe(page);
  });

  it("are written as keyboards name them", () => {
    expect(keyCaps("g t", false)).toEqual([["G"], ["T"]]);
    expect(keyCaps("mod+shift+k", false)).toEqual([["Ctrl", "Shift", "K"]]);
    expect(keyCaps("mod+k", true)).toEqual([["⌘", "K"]]);
    expect(keyCaps("+", false)).toEqual([["+"]]);
  });
});
