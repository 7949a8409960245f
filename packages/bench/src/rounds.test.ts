import { describe, expect, test, vi } from "vitest";
import { createPatience } from "./machine/patience.ts";
import { compare, measureRounds } from "./rounds.ts";
import type { Contender, ContenderResult, Sample } from "./sample.ts";
import { summarise } from "./statistics.ts";

const NEVER = new AbortController().signal;
const NONE = createPatience(0);

function sample(value: number, processorMicros: number | null = null): Sample {
  return { value, processorMicros, p50Ms: null, p99Ms: null, othersShare: null, outcomes: {} };
}

function result(name: string, ...samples: Sample[]): ContenderResult {
  return { name, samples, value: summarise(samples.map(({ value }) => value)) };
}

describe("rounds", () => {
  function contenders(names: string[], log: string[]): Contender[] {
    return names.map((name, index) => ({
      name,
      warmUp: async () => {
        await Promise.resolve();
        log.push(`warm ${name}`);
      },
      measure: async () => {
        await Promise.resolve();
        log.push(name);
        return sample(index + 1);
      },
    }));
  }

  test("measure everybody once, beginning with another one each time", async () => {
    const log: string[] = [];
    const results = await measureRounds(contenders(["a", "b", "c"], log), {
      rounds: 4,
      patience: NONE,
      signal: NEVER,
    });
    expect(log.slice(0, 3)).toEqual(["warm a", "warm b", "warm c"]);
    expect(log.slice(3).join("")).toBe("abcbcacababc");
    expect(results.map(({ name, samples }) => [name, samples.map(({ value }) => value)])).toEqual([
      ["a", [1, 1, 1, 1]],
      ["b", [2, 2, 2, 2]],
      ["c", [3, 3, 3, 3]],
    ]);
  });

  test("stop between two measurements", async () => {
    const log: string[] = [];
    const stop = new AbortController();
    const measuring = measureRounds(contenders(["a", "b"], log), {
      rounds: 3,
      patience: NONE,
      signal: stop.signal,
      onRound: (round) => {
        if (round === 2) stop.abort(new Error("enough"));
      },
    });
    await expect(measuring).rejects.toThrow("enough");
    expect(log).toEqual(["warm a", "warm b", "a", "b"]);
  });
});

describe("patience", () => {
  /** Is disturbed as often as told, and says how often it was measured. */
  function disturbed(times: number) {
    let measured = 0;
    const contender: Contender = {
      name: "a",
      warmUp: () => Promise.resolve(),
      measure: () => {
        measured += 1;
        return Promise.resolve({
          ...sample(measured),
          othersShare: measured <= times ? 0.5 : 0.01,
        });
      },
    };
    return { contender, measured: () => measured };
  }

  test("measures a disturbed round again", async () => {
    const { contender } = disturbed(2);
    const patience = createPatience(60_000, () => Promise.resolve(0));
    const [result] = await measureRounds([contender], { rounds: 2, patience, signal: NEVER });
    expect(result?.samples.map(({ value }) => value)).toEqual([3, 4]);
  });

  test("takes rounds as they come when it is used up", async () => {
    const { contender, measured } = disturbed(1000);
    const [result] = await measureRounds([contender], { rounds: 3, patience: NONE, signal: NEVER });
    expect(result?.samples).toHaveLength(3);
    expect(measured()).toBe(3);
  });

  test("waits until others are quiet", async () => {
    const busy = [0.9, 0.5, 0.05];
    const patience = createPatience(60_000, () => Promise.resolve(busy.shift()));
    await patience.untilQuiet(NEVER);
    expect(busy).toEqual([]);
  });

  test("waits no longer than there is of it", async () => {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
    try {
      let looks = 0;
      const patience = createPatience(1000, async () => {
        looks += 1;
        await vi.advanceTimersByTimeAsync(300);
        return 0.9;
      });
      await patience.untilQuiet(NEVER);
      expect(looks).toBe(4);
      expect(patience.take(1)).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  test("is only taken where there is enough of it", () => {
    const patience = createPatience(100);
    expect([patience.take(60), patience.take(60), patience.take(40)]).toEqual([true, false, true]);
  });
});

describe("comparisons", () => {
  const fast = result("fast", sample(100, 10), sample(50, 20), sample(90, 10));
  const slow = result("slow", sample(50, 20), sample(30, 40), sample(30, 25));

  test("pair the rounds", () => {
    const [compared] = compare([fast, slow], [{ of: "slow", to: "fast" }]);
    expect(compared?.ratios).toEqual([0.5, 0.6, 1 / 3]);
    expect(compared?.ratio.median).toBe(0.5);
    expect(compared?.isAimMet).toBeNull();
  });

  test("turn processor time around, so that more is better", () => {
    const [compared] = compare([fast, slow], [{ of: "slow", to: "fast" }]);
    expect(compared?.processorRatio?.median).toBe(0.5);
  });

  test("leave processor time out where a contender has none", () => {
    const unknown = result("unknown", sample(1), sample(1), sample(1));
    const [compared] = compare([fast, unknown], [{ of: "unknown", to: "fast" }]);
    expect(compared?.processorRatio).toBeNull();
  });

  test("say whether an aim is met, by the median", () => {
    const aims = [{ atLeast: 0.5 }, { atLeast: 0.51 }, { atMost: 0.5 }, { atMost: 0.49 }];
    const compared = compare(
      [fast, slow],
      aims.map((aim) => ({ of: "slow", to: "fast", aim })),
    );
    expect(compared.map(({ isAimMet }) => isAimMet)).toEqual([true, false, true, false]);
  });

  test("leave out who did not take part", () => {
    expect(compare([fast], [{ of: "fast", to: "pgbench" }])).toEqual([]);
  });
});
