import { describe, expect, test } from "vitest";
import { totalTicks } from "./patience.ts";
import { onServerProcessor, parseProcessorList, shareOut } from "./processors.ts";
import { busyTicks, othersShare, processTicks } from "./usage.ts";

describe("processors", () => {
  test("are listed as the kernel lists them", () => {
    expect(parseProcessorList("0-2,5,7-8\n")).toEqual([0, 1, 2, 5, 7, 8]);
    expect(parseProcessorList("3")).toEqual([3]);
    for (const wrong of ["", "a", "1-", "1,,2"])
      expect(() => parseProcessorList(wrong)).toThrow(RangeError);
  });

  test("are shared out: one for the server, the others for the rest", () => {
    expect(shareOut([0, 1])).toEqual({ server: "0", rest: "1" });
    expect(shareOut([2, 4, 5])).toEqual({ server: "2", rest: "4,5" });
    expect(shareOut([0])).toBeUndefined();
  });

  test("are chosen by taskset, where they are shared out", () => {
    expect(onServerProcessor({ server: "2", rest: "4" }, ["node", "a.ts"])).toEqual([
      "taskset",
      "-c",
      "2",
      "node",
      "a.ts",
    ]);
    expect(onServerProcessor(undefined, ["node", "a.ts"])).toEqual(["node", "a.ts"]);
  });
});

describe("processor time", () => {
  test("of a process is read behind its name, whatever that holds", () => {
    const stat = "42 (a ) R (b) S 1 42 42 0 -1 4194560 9 0 0 0 120 34 5 6 20 0 11 0 100 0 0";
    expect(processTicks(stat)).toBe(154);
  });

  test("of a processor is all but idling and waiting for disks", () => {
    const stat =
      "cpu  9 9 9 9 9 9 9 9 0 0\ncpu0 1 2 4 1000 2000 8 16 32 0 0\ncpu10 5 5 5 5 5 5 5 5 0 0\n";
    expect(busyTicks(stat, "0")).toBe(63);
    expect(busyTicks(stat, "1")).toBe(0);
    expect(busyTicks(stat, "10")).toBe(30);
  });

  test("of all processors is told from their idling", () => {
    const stat = "cpu  100 10 40 1000 50 0 5 5 7 7\ncpu0 1 1 1 1 1 1 1 1 0 0\n";
    expect(totalTicks(stat)).toEqual({ busy: 160, all: 1210 });
  });

  test("of others is what the process itself did not spend", () => {
    const before = { byProcess: 0, onProcessor: 1000, at: 0 };
    const after = { byProcess: 600_000, onProcessor: 851_000, at: 1000 };
    expect(othersShare(before, after)).toBeCloseTo(0.25);
    expect(othersShare(before, { ...after, byProcess: 900_000 })).toBe(0);
    expect(othersShare({ ...before, onProcessor: undefined }, after)).toBeNull();
  });
});
