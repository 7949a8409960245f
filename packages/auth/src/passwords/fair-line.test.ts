import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FairLine } from "./fair-line.ts";

interface Waiting {
  readonly caller: string;
  /** The order in which they came. */
  readonly number: number;
}

type Step =
  | { readonly kind: "comes"; readonly caller: string }
  | { readonly kind: "next" | "goes" };

const caller = fc.constantFrom("a", "b", "c", "d");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("comes" as const), caller }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("next" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("goes" as const) }) },
);

function held(waiting: readonly Waiting[], by: string): number {
  return waiting.filter((one) => one.caller === by).length;
}

/** Walks a line through steps, and tells what came of each newcomer and each turn. */
function walk(
  places: number,
  steps: readonly Step[],
  seen: {
    readonly onCome?: (before: readonly Waiting[], newcomer: Waiting, gone?: Waiting) => void;
    readonly onTurn?: (before: readonly Waiting[], next: Waiting | undefined) => void;
  },
): void {
  const line = new FairLine<Waiting>(places);
  let waiting: Waiting[] = [];
  /** What the line said of itself, and what was so. */
  const told: [boolean, boolean][] = [];
  for (const [number, taken] of steps.entries()) {
    const before = waiting;
    if (taken.kind === "comes") {
      const newcomer = { caller: taken.caller, number };
      const hasRoom = line.hasRoomFor(newcomer.caller);
      const gone = line.add(newcomer);
      told.push([hasRoom, gone !== newcomer]);
      waiting = [...before, newcomer].filter((one) => one !== gone);
      seen.onCome?.(before, newcomer, gone);
    } else if (taken.kind === "next") {
      const next = line.next();
      waiting = before.filter((one) => one !== next);
      seen.onTurn?.(before, next);
    } else {
      const someone = before[number % Math.max(1, before.length)];
      if (someone !== undefined) told.push([line.remove(someone), true]);
      waiting = before.filter((one) => one !== someone);
    }
    expect(line.size).toBe(waiting.length);
    expect(line.size).toBeLessThanOrEqual(places);
  }
  expect(told.filter(([said, was]) => said !== was)).toEqual([]);
}

const places = fc.integer({ min: 1, max: 8 });
const steps = fc.array(step, { maxLength: 60 });

describe("a line that callers share", () => {
  it("serves whoever waits, and those of one caller in their order", () => {
    fc.assert(
      fc.property(places, steps, (length, taken) => {
        walk(length, taken, {
          onTurn: (before, next) => {
            expect(next === undefined).toBe(before.length === 0);
            expect(before.find((one) => one.caller === next?.caller)).toBe(next);
          },
        });
      }),
    );
  });

  it("gives each caller who waits a turn before any has a second", () => {
    fc.assert(
      fc.property(places, steps, (length, taken) => {
        // Who has waited since before somebody else's last turn, and had none since.
        const passedBy = new Map<string, Set<string>>();
        walk(length, taken, {
          onTurn: (before, next) => {
            if (next === undefined) return;
            const others = new Set(before.map((one) => one.caller));
            others.delete(next.caller);
            const since = passedBy.get(next.caller) ?? new Set();
            expect([...since].filter((other) => others.has(other))).toEqual([]);
            for (const set of passedBy.values()) set.delete(next.caller);
            // Whoever stopped waiting meanwhile begins anew.
            for (const set of passedBy.values())
              for (const other of set) if (!others.has(other)) set.delete(other);
            passedBy.set(next.caller, others);
          },
          onCome: (before, newcomer) => {
            if (held(before, newcomer.caller) > 0) return;
            for (const set of passedBy.values()) set.delete(newcomer.caller);
          },
        });
      }),
    );
  });

  it("turns nobody away who holds no more than an equal share", () => {
    fc.assert(
      fc.property(places, steps, (length, taken) => {
        walk(length, taken, {
          onCome: (before, newcomer, gone) => {
            const callers = new Set([...before, newcomer].map((one) => one.caller));
            const share = Math.floor(length / callers.size);
            const wanted = gone && held(before, gone.caller) + (gone === newcomer ? 1 : 0);
            const isFull = before.length === length;
            expect(isFull ? (wanted ?? 0) > share : wanted === undefined).toBe(true);
          },
        });
      }),
    );
  });

  it("takes a place from nobody who would be left with less than the newcomer", () => {
    fc.assert(
      fc.property(places, steps, (length, taken) => {
        walk(length, taken, {
          onCome: (before, newcomer, gone) => {
            if (gone === undefined || gone === newcomer) return;
            expect(held(before, gone.caller) - 1).toBeGreaterThanOrEqual(
              held(before, newcomer.caller) + 1,
            );
            expect(before.findLast((one) => one.caller === gone.caller)).toBe(gone);
          },
        });
      }),
    );
  });

  it("knows nobody twice, and nobody who has gone", () => {
    const line = new FairLine<Waiting>(2);
    const [one, other] = [
      { caller: "a", number: 1 },
      { caller: "a", number: 2 },
    ];
    line.add(one);
    expect(line.remove(one)).toBe(true);
    expect(line.remove(one)).toBe(false);
    expect(line.remove(other)).toBe(false);
    expect(line.next()).toBeUndefined();
  });
});
