import type { BenchAcademy } from "../academy/bench-academy.ts";
import type { Pgbench } from "../contenders/pgbench.ts";
import type { Order, Tally, Task } from "../load/messages.ts";
import { type Worker, startWorker } from "../load/worker-process.ts";
import { type Processors, onServerProcessor } from "../machine/processors.ts";
import { type Usage, othersShare, usageOf } from "../machine/usage.ts";
import type { Peers } from "../peers/peers.ts";
import type { Timing } from "../options.ts";
import type { Contender, PreparedRow, Sample, Unit } from "../sample.ts";

/** What rows are measured with. */
export interface Bench {
  readonly academy: BenchAcademy;
  readonly processors: Processors | undefined;
  readonly timing: Timing;
  /** Plays the clients, away from the server's processor. */
  readonly load: Worker;
  /** Where there is one. */
  readonly pgbench: Pgbench | undefined;
  /** Where `--peers` asks for them. */
  readonly peers: Peers | undefined;
}

/** A row of the table: a question, asked of several contenders. */
export interface Row {
  /** As `--rows` takes it. */
  readonly name: string;
  readonly title: string;
  readonly unit: Unit;
  /** There is nobody to compare with but `--peers`. */
  readonly needsPeers?: boolean;
  /** Takes so long that `--quick` leaves it out, unless it is named. */
  readonly isLong?: boolean;
  /** Starts the contenders, and makes sure that all of them give the same answers. */
  prepare(bench: Bench): Promise<PreparedRow>;
}

/** So many clients ask at the same time, each its next question when the one before is answered. */
export const CLIENTS = 32;

/** An order but for its task. */
export type Length = Omit<Order, "task">;

/** As long as one measurement. */
export function measuredLength({ rampMs, slotMs }: Timing): Length {
  return { clients: CLIENTS, rampMs, durationMs: slotMs, attempts: null };
}

/** As long as the warm-up. */
export function warmUpLength({ warmUpMs }: Timing): Length {
  return { clients: CLIENTS, rampMs: 0, durationMs: warmUpMs, attempts: null };
}

/** Starts a load process on the server's processor: for what is measured without a server. */
export function startContendingWorker(processors: Processors | undefined): Promise<Worker> {
  return startWorker((command) => onServerProcessor(processors, command));
}

/**
 * @param pid of the contender
 * @param run what is measured
 */
export async function sampleOf(
  bench: Pick<Bench, "processors">,
  pid: number,
  run: () => Promise<Tally>,
): Promise<Sample> {
  const before = usageOf(pid, bench.processors);
  const tally = await run();
  const after = usageOf(pid, bench.processors);
  return {
    value: tally.perSecond,
    p50Ms: tally.p50Ms,
    p99Ms: tally.p99Ms,
    p999Ms: tally.p999Ms,
    outcomes: tally.outcomes,
    ...spent(before, after, answersOf(tally)),
  };
}

/** @returns a sample of which the value alone is known */
export function sampleOfValue(value: number, outcomes: Sample["outcomes"]): Sample {
  return { value, outcomes, processorMicros: null, p50Ms: null, p99Ms: null, othersShare: null };
}

function spent(before: Usage | undefined, after: Usage | undefined, answers: number) {
  if (before === undefined || after === undefined || answers === 0)
    return { processorMicros: null, othersShare: null };
  return {
    processorMicros: (after.byProcess - before.byProcess) / answers,
    othersShare: othersShare(before, after),
  };
}

/** How many answers there were, whatever they said. */
function answersOf({ outcomes }: Pick<Tally, "outcomes">): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}

/** A contender that the clients ask the same all the time. */
export function taskContender(bench: Bench, name: string, pid: number, task: Task): Contender {
  const { load, timing } = bench;
  return {
    name,
    warmUp: async () => {
      await load.run({ task, ...warmUpLength(timing) });
    },
    measure: () => sampleOf(bench, pid, () => load.run({ task, ...measuredLength(timing) })),
  };
}
