import { mkdtemp, readdir, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { RUNS } from "./academy/bench-academy.ts";
import { benchRunId } from "./academy/bench-runs.ts";
import { checkLedger } from "./academy/ledger.ts";
import { runBench } from "./run-bench.ts";
import type { Row } from "./rows/bench.ts";

const TIMING = { rounds: 2, slotMs: 10, rampMs: 0, warmUpMs: 10, patienceMs: 0 };

/** A row with one contender, who does what is given. */
function row(name: string, measure: (bench: Parameters<Row["prepare"]>[0]) => Promise<void>): Row {
  return {
    name,
    title: name,
    unit: "answers/s",
    prepare: (bench) =>
      Promise.resolve({
        contenders: [
          {
            name: "somebody",
            warmUp: () => Promise.resolve(),
            measure: async () => {
              await measure(bench);
              const unknown = { processorMicros: null, p50Ms: null, p99Ms: null };
              return { value: 1, ...unknown, othersShare: null, outcomes: {} };
            },
          },
        ],
        comparisons: [],
        notes: [],
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
  };
}

test("a row that fails is told with its reason, and the others are measured", async () => {
  const rows = [
    row("falling", () => Promise.reject(new Error("it fell"))),
    row("leaking", async ({ academy }) => {
      await academy.bookingsAdmin.run("UPDATE run_capacity SET taken = 1 WHERE run_id = $1", [
        benchRunId(RUNS - 1),
      ]);
      await checkLedger(academy.bookingsAdmin, 0);
    }),
    row("standing", () => Promise.resolve()),
  ];
  const report = await runBench({
    options: { timing: TIMING, isQuick: true },
    rows,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  expect(report.rows.map(({ name }) => name)).toEqual(["standing"]);
  expect(report.failures.map(({ name }) => name)).toEqual(["falling", "leaking"]);
  expect(report.failures[0]?.reason).toContain("it fell");
  expect(report.failures[1]?.reason).toBe(
    "The ledger is violated: 1 counters are not the sum of their allocations",
  );
}, 60_000);

test("whoever stops it gets their reason back, and nothing is left, of a killed run either", async () => {
  const abandoned = await mkdtemp(join(tmpdir(), "lectern-bench-"));
  await utimes(abandoned, 0, 0);
  const before = await benchFolders();
  const stop = new AbortController();
  const running = runBench({
    options: { timing: TIMING, isQuick: true },
    rows: [
      row("stopping", () => {
        stop.abort(new Error("enough"));
        return Promise.resolve();
      }),
    ],
    signal: stop.signal,
    onProgress: () => {},
  });
  await expect(running).rejects.toThrow("enough");
  const after = await benchFolders();
  expect(after.filter((name) => !before.includes(name))).toEqual([]);
  expect(after).not.toContain(basename(abandoned));
}, 60_000);

async function benchFolders(): Promise<string[]> {
  const entries = await readdir(tmpdir());
  return entries.filter((name) => name.startsWith("lectern-bench-")).toSorted();
}
