import { startBenchAcademy } from "./academy/bench-academy.ts";
import { findPgbench } from "./contenders/pgbench.ts";
import { startWorker } from "./load/worker-process.ts";
import { currentLoad, describeMachine } from "./machine/describe.ts";
import { type Patience, createPatience } from "./machine/patience.ts";
import { pinThisProcess } from "./machine/processors.ts";
import { explain } from "./explain.ts";
import type { BenchOptions } from "./options.ts";
import { peerVersions } from "./peers/install.ts";
import { createPeers } from "./peers/peers.ts";
import type { Report } from "./report/report.ts";
import { compare, measureRounds } from "./rounds.ts";
import type { Bench, Row } from "./rows/bench.ts";
import type { RowFailure, RowResult } from "./sample.ts";

export interface RunBenchOptions {
  readonly options: Pick<BenchOptions, "timing" | "isQuick"> &
    Partial<Pick<BenchOptions, "withPeers">>;
  readonly rows: readonly Row[];
  /** Stops between two measurements, and cleans up. */
  readonly signal: AbortSignal;
  /** Tells whoever waits what is being done. */
  readonly onProgress: (line: string) => void;
}

/**
 * Measures rows, on a PostgreSQL and in a folder of its own that are gone afterwards. A row that fails does not keep the
 * others from being measured.
 *
 * @throws the signal's reason; whatever keeps a database from starting
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
  const { timing, withPeers = false } = run.options;
  await using peers = withPeers
    ? createPeers({ academy, processors, signal: run.signal, onProgress: run.onProgress })
    : undefined;
  const bench: Bench = { academy, processors, timing, load, pgbench, peers };
  const machine = await describeMachine({
    folder: academy.folder,
    processors,
    loadAverage,
    versions: {
      PostgreSQL: academy.serverVersion,
      ...(withPeers && (await peerVersions())),
      ...(pgbench !== undefined && { pgbench: pgbench.version.replace(/^pgbench \S+ /u, "") }),
    },
  });
  const rows: RowResult[] = [];
  const failures: RowFailure[] = [];
  const patience = createPatience(timing.patienceMs);
  for (const row of run.rows) {
    try {
      rows.push(await measureRow(bench, row, patience, run));
    } catch (error) {
      run.signal.throwIfAborted();
      failures.push({ name: row.name, reason: explain(error) });
      run.onProgress(`${row.name}: failed`);
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  const { isQuick } = run.options;
  return { startedAt, seconds, isQuick, timing, machine, rows, failures };
}

async function measureRow(
  bench: Bench,
  row: Row,
  patience: Patience,
  run: RunBenchOptions,
): Promise<RowResult> {
  run.signal.throwIfAborted();
  run.onProgress(`${row.name}: preparing`);
  const { name, title, unit } = row;
  const { rounds } = bench.timing;
  await using prepared = await row.prepare(bench);
  const contenders = await measureRounds(prepared.contenders, {
    rounds,
    patience,
    signal: run.signal,
    onRound: (round) => run.onProgress(`${name}: round ${round} of ${rounds}`),
  });
  const comparisons = compare(contenders, prepared.comparisons);
  return { name, title, unit, contenders, comparisons, notes: prepared.notes };
}
