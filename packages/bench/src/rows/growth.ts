import type { Administration } from "@lectern/database/driver/administer";
import { RUNS } from "../academy/bench-academy.ts";
import { forgetBookings } from "../academy/bench-runs.ts";
import { fillBookings } from "../academy/fill-bookings.ts";
import { checkLedger } from "../academy/ledger.ts";
import { HELD } from "../load/messages.ts";
import type { Worker } from "../load/worker-process.ts";
import type { Contender, PreparedRow } from "../sample.ts";
import {
  type Bench,
  type Length,
  type Row,
  measuredLength,
  sampleOf,
  startContendingWorker,
  warmUpLength,
} from "./bench.ts";

/**
 * Whether a booking costs more the more there are: one client books one place after the other, of small
 * runs in an empty database, of a run that thousands have booked, and of any run after a million bookings.
 */

const SMALL = 10;
const LARGE = 10_000;
/** With `--quick` a tenth: filling takes a minute otherwise. */
const MANY = { thorough: 1_000_000, quick: 100_000 };

const FIRST = `runs of ${SMALL} places, nothing booked`;
const ON_LARGE = `a run with ${LARGE.toLocaleString("en")} booked`;
const AFTER_MANY = "after many others";

const FULL_DATABASE = "lectern_bookings_full";

export const growthRow: Row = {
  name: "growth",
  title: "A booking by one client: the first, on a large run, and after many others",
  unit: "bookings/s",
  prepare,
};

async function prepare(bench: Bench): Promise<PreparedRow> {
  const { academy, processors, timing } = bench;
  const many = timing.patienceMs > 0 ? MANY.thorough : MANY.quick;
  await using starting = new AsyncDisposableStack();
  const full = starting.use(await academy.createBookings(FULL_DATABASE));
  await fillBookings(full.admin, { ofFirstRun: LARGE, spread: many, runs: RUNS });
  const empty = starting.use(await startContendingWorker(processors));
  const filled = starting.use(await startContendingWorker(processors));
  /** What was held in the full database, before and since. */
  const ledger = { places: LARGE + many };

  const holdIn = (databaseUrl: string, runs: number) =>
    ({ kind: "hold by use case", databaseUrl, runs, inTurn: true }) as const;
  async function addToFull(runs: number, length: Length) {
    const tally = await filled.run({ task: holdIn(full.url, runs), ...length, clients: 1 });
    ledger.places += heldOf(tally.outcomes);
    await checkLedger(full.admin, ledger.places);
    return tally;
  }
  const started = starting.move();
  return {
    contenders: [
      smallContender(bench, academy.bookingsAdmin, empty),
      ...[
        { name: ON_LARGE, runs: 1 },
        { name: AFTER_MANY, runs: RUNS },
      ].map(({ name, runs }) => ({
        name,
        warmUp: async () => {
          await addToFull(runs, warmUpLength(timing));
        },
        measure: () => sampleOf(bench, filled.pid, () => addToFull(runs, measuredLength(timing))),
      })),
    ],
    comparisons: [
      { of: ON_LARGE, to: FIRST },
      { of: AFTER_MANY, to: FIRST },
    ],
    notes: [
      `"${AFTER_MANY}" means ${many.toLocaleString("en")} over ${RUNS.toLocaleString("en")} runs.`,
    ],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function smallContender(bench: Bench, admin: Administration, worker: Worker): Contender {
  const { academy, timing } = bench;
  const databaseUrl = academy.bookingsUrl;
  const task = { kind: "hold by use case", databaseUrl, runs: RUNS, inTurn: true } as const;
  async function hold(length: Length) {
    await forgetBookings(admin);
    await admin.run(`UPDATE run_capacity SET capacity = ${SMALL}`);
    return worker.run({ task, ...length, clients: 1 });
  }
  return {
    name: FIRST,
    warmUp: async () => {
      await hold(warmUpLength(timing));
    },
    async measure() {
      const sample = await sampleOf(bench, worker.pid, () => hold(measuredLength(timing)));
      await checkLedger(admin, heldOf(sample.outcomes));
      return sample;
    },
  };
}

/** @throws Error when anybody was refused: there is room for all */
function heldOf({ [HELD]: held = 0, ...others }: Readonly<Record<string, number>>): number {
  if (Object.keys(others).length > 0 || held === 0)
    throw new Error(`Places should have been held only: ${JSON.stringify(others)}`);
  return held;
}
