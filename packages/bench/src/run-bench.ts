import { startBenchAcademy } from "./academy/bench-academy.ts";
import { findPgbench } from "./contenders/pgbench.ts";
import { startWorker } from "./load/worker-process.ts";
import { currentLoad, describeMachine } from "./machine/describe.ts";
import { pinThisProcess } from "./machine/processors.ts";
import type { BenchOptions } from "./options.ts";
import type { Report } from "./report/report.ts";
import { compare, measureRounds } from "./rounds.ts";
import type { Bench, Row } from "./rows/bench.ts";
import type { RowResult } from "./sample.ts";

export interface RunBenchOptions {
  readonly options: Pick<BenchOptions, "timing" | "isQuick">;
  readonly rows: readonly Row[];
  /** Stops between two measurements, and cleans up. */
  readonly signal: AbortSignal;
  /** Tells whoever waits what is being done. */
  readonly onProgress: (line: string) => void;
}

/**
 * Measures rows, on a PostgreSQL and in a folder of its own that are gone afterwards.
 *
 * @throws LedgerViolated; Error when a contender failed, or the signal's reason
 */
export async function runBench(run: RunBenchOptions): Promise<Report> {
  const startedAt = new Date().toISOString();
  const begun = performance.now();
  const loadAverage = currentLoad();
  const processors = pinThisProcess();
  run.onProgress("Starting a database …");
  await using academy = await startBenchAcademy();
  await using load = await startWorker();
  const pgbench = findPgbench();
  const { timing } = run.options;
  const bench: Bench = { academy, processors, timing, load, pgbench };
  const machine = await describeMachine({
    folder: academy.folder,
    processors,
    loadAverage,
    versions: {
      PostgreSQL: academy.serverVersion,
      ...(pgbench !== undefined && { pgbench: pgbench.version.replace(/^pgbench \S+ /u, "") }),
    },
  });
  const rows: RowResult[] = [];
  for (const row of run.rows) rows.push(await measureRow(bench, row, run));
  const seconds = (performance.now() - begun) / 1000;
  return { startedAt, seconds, isQuick: run.options.isQuick, timing, machine, rows };
}

async function measureRow(bench: Bench, row: Row, run: RunBenchOptions): Promise<RowResult> {
  run.signal.throwIfAborted();
  run.onProgress(`${row.name}: preparing`);
  const { name, title, unit } = row;
  const { rounds } = bench.timing;
  try {
    await using prepared = await row.prepare(bench);
    const contenders = await measureRounds(prepared.contenders, {
      rounds,
      signal: run.signal,
      onRound: (round) => run.onProgress(`${name}: round ${round} of ${rounds}`),
    });
    const comparisons = compare(contenders, prepared.comparisons);
    return { name, title, unit, contenders, comparisons, notes: prepared.notes };
  } catch (error) {
    if (run.signal.aborted) throw error;
    throw new Error(`${name} could not be measured`, { cause: error });
  }
}
