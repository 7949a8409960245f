import { isDeepStrictEqual } from "node:util";
import { RUNS } from "../academy/bench-academy.ts";
import { forgetBookings, leavePlaces } from "../academy/bench-runs.ts";
import { checkLedger, readTraces } from "../academy/ledger.ts";
import { type Pgbench, runPgbench } from "../contenders/pgbench.ts";
import { startLectern, startPlainServer, startTogether } from "../contenders/servers.ts";
import { HELD, SOLD_OUT, type Tally, type Task } from "../load/messages.ts";
import type { Worker } from "../load/worker-process.ts";
import type { Comparison, Contender, PreparedRow } from "../sample.ts";
import {
  type Bench,
  CLIENTS,
  type Length,
  type Row,
  measuredLength,
  sampleOf,
  startContendingWorker,
  warmUpLength,
  sampleOfValue,
} from "./bench.ts";

/**
 * Holding one place, over and over: spread over many runs, or all on one. After each measurement the ledger is checked against
 * what was acknowledged; where all places are of one run, more people than there are places then come for the last ones.
 */

/** The last places of the hot run, and how many come for them. */
const LAST_PLACES = 50;
const RUSH = 200;
const RUSH_TIMEOUT_MS = 20_000;

interface BookingRow {
  readonly name: string;
  readonly title: string;
  readonly runs: number;
  readonly clients: number;
  readonly isOverHttp: boolean;
  readonly comparisons: readonly Comparison[];
}

/** It knows whole seconds only, and opens its connections in the first one. */
const PGBENCH_LEAST_SECONDS = 4;

/** As many come at once when a sale opens. Too many for pgbench, which has a connection for each. */
const CROWD = 250;

const PGBENCH = "pgbench";
const PLAIN = "the plain statement";
const USE_CASE = "lectern's use case";

const BOOKING_ROWS: readonly BookingRow[] = [
  {
    name: "bookings",
    title: `Bookings over ${RUNS.toLocaleString("en")} runs, without HTTP`,
    runs: RUNS,
    clients: CLIENTS,
    isOverHttp: false,
    comparisons: [
      { of: USE_CASE, to: PGBENCH, aim: { atLeast: 0.9 } },
      { of: USE_CASE, to: PLAIN },
      { of: PLAIN, to: PGBENCH },
    ],
  },
  {
    name: "bookings-http",
    title: `Bookings over ${RUNS.toLocaleString("en")} runs, through HTTP`,
    runs: RUNS,
    clients: CLIENTS,
    isOverHttp: true,
    comparisons: [
      { of: "lectern", to: "bare" },
      { of: "lectern", to: "stock" },
      { of: "stock", to: "bare" },
    ],
  },
  {
    name: "hot-run",
    title: "Bookings on one hot run, without HTTP",
    runs: 1,
    clients: CLIENTS,
    isOverHttp: false,
    comparisons: [
      { of: USE_CASE, to: PGBENCH },
      { of: USE_CASE, to: PLAIN, aim: { atLeast: 8 } },
      { of: PLAIN, to: PGBENCH },
    ],
  },
  {
    name: "hot-run-crowd",
    title: `Bookings on one hot run by ${CROWD} clients, without HTTP`,
    runs: 1,
    clients: CROWD,
    isOverHttp: false,
    comparisons: [{ of: USE_CASE, to: PLAIN, aim: { atLeast: 8 } }],
  },
  {
    name: "hot-run-http",
    title: "Bookings on one hot run, through HTTP",
    runs: 1,
    clients: CLIENTS,
    isOverHttp: true,
    comparisons: [
      { of: "lectern", to: "bare" },
      { of: "lectern", to: "stock" },
      { of: "stock", to: "bare" },
    ],
  },
];

/** The rows that write. */
export const bookingRows: readonly Row[] = BOOKING_ROWS.map((row) => ({
  name: row.name,
  title: row.title,
  unit: "bookings/s",
  prepare: (bench) => (row.isOverHttp ? prepareHttp(bench, row) : prepareInProcess(bench, row)),
}));

/** A way of holding places. */
interface Holder {
  readonly name: string;
  readonly pid: number;
  /** @param runs on so many runs of the benchmark, the hot one first */
  hold(runs: number, length: Length): Promise<Tally>;
}

async function prepareInProcess(bench: Bench, row: BookingRow): Promise<PreparedRow> {
  const { academy, processors, pgbench } = bench;
  await using starting = new AsyncDisposableStack();
  const plain = starting.use(await startContendingWorker(processors));
  const useCase = starting.use(await startContendingWorker(processors));
  const databaseUrl = academy.bookingsUrl;
  const holders = [
    holderBy(USE_CASE, useCase.pid, useCase, {
      kind: "hold by use case",
      databaseUrl,
      inTurn: false,
    }),
    holderBy(PLAIN, plain.pid, plain, { kind: "hold by SQL", databaseUrl }),
  ];
  await requireSameTraces(bench, holders);
  const started = starting.move();
  const byPgbench = pgbench === undefined || row.clients > CLIENTS ? undefined : pgbench;
  return {
    contenders: [
      ...holders.map((holder) => bookingContender(bench, holder, row)),
      ...(byPgbench === undefined ? [] : [pgbenchContender(bench, byPgbench, row)]),
    ],
    comparisons: row.comparisons,
    notes: pgbench === undefined ? ["There is no pgbench on this machine."] : [],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function prepareHttp(bench: Bench, row: BookingRow): Promise<PreparedRow> {
  const { academy, processors, load } = bench;
  const place = { databaseUrl: academy.bookingsUrl, folder: academy.folder, processors };
  await using starting = new AsyncDisposableStack();
  const servers = await startTogether(starting, {
    lectern: startLectern(place),
    bare: startPlainServer("bare", place, {}),
    stock: startPlainServer("stock", place, {}),
  });
  const holders = Object.entries(servers).map(([name, { pid, origin }]) =>
    holderBy(name, pid, load, { kind: "hold by HTTP", origin }),
  );
  await requireSameTraces(bench, holders);
  const started = starting.move();
  return {
    contenders: holders.map((holder) => bookingContender(bench, holder, row)),
    comparisons: row.comparisons,
    notes: [],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

type HoldTask = Extract<Task, { runs: number }>;
type WithoutRuns<T> = T extends unknown ? Omit<T, "runs"> : never;

function holderBy(name: string, pid: number, worker: Worker, task: WithoutRuns<HoldTask>): Holder {
  return { name, pid, hold: (runs, length) => worker.run({ task: { ...task, runs }, ...length }) };
}

function bookingContender(bench: Bench, holder: Holder, row: BookingRow): Contender {
  const admin = bench.academy.bookingsAdmin;
  const isHot = row.runs === 1;
  return {
    name: holder.name,
    async warmUp() {
      await forgetBookings(admin);
      const { outcomes } = await holder.hold(row.runs, {
        ...warmUpLength(bench.timing),
        clients: row.clients,
      });
      await checkLedger(admin, outcomes[HELD] ?? 0);
    },
    async measure() {
      await forgetBookings(admin);
      const sample = await sampleOf(bench, holder.pid, () =>
        holder.hold(row.runs, { ...measuredLength(bench.timing), clients: row.clients }),
      );
      const held = requireAllHeld(holder.name, sample.outcomes);
      await checkLedger(admin, held);
      if (isHot) await checkLedger(admin, held + (await sellLastPlaces(bench, holder)));
      return sample;
    },
  };
}

/** @returns how many places were held @throws Error when anybody was refused although there is plenty */
function requireAllHeld(name: string, outcomes: Readonly<Record<string, number>>): number {
  const { [HELD]: held = 0, ...others } = outcomes;
  if (Object.keys(others).length > 0 || held === 0)
    throw new Error(`${name} was expected to hold places only: ${JSON.stringify(outcomes)}`);
  return held;
}

/** Many come for the last places of the hot run. @returns how many got one: as many as there were, or it throws */
async function sellLastPlaces(bench: Bench, holder: Holder): Promise<number> {
  await leavePlaces(bench.academy.bookingsAdmin, LAST_PLACES);
  const { outcomes } = await holder.hold(1, {
    clients: CLIENTS,
    rampMs: 0,
    durationMs: RUSH_TIMEOUT_MS,
    attempts: RUSH,
  });
  const expected = { [HELD]: LAST_PLACES, [SOLD_OUT]: RUSH - LAST_PLACES };
  if (!isDeepStrictEqual({ ...outcomes }, expected))
    throw new Error(
      `${holder.name} had ${LAST_PLACES} places left for ${RUSH} people: ${JSON.stringify(outcomes)}`,
    );
  return LAST_PLACES;
}

function pgbenchContender(bench: Bench, pgbench: Pgbench, { runs }: BookingRow): Contender {
  const { academy, processors, timing } = bench;
  const admin = academy.bookingsAdmin;
  async function run() {
    await forgetBookings(admin);
    const result = await runPgbench({
      pgbench,
      databaseUrl: academy.bookingsUrl,
      folder: academy.folder,
      processors,
      runs,
      clients: CLIENTS,
      length: { seconds: Math.max(PGBENCH_LEAST_SECONDS, Math.round(timing.slotMs / 1000)) },
    });
    await checkLedger(admin, result.transactions);
    return result;
  }
  return {
    name: PGBENCH,
    // There is nothing to compile, and its connections last no longer than a measurement.
    warmUp: () => Promise.resolve(),
    async measure() {
      const { perSecond, transactions } = await run();
      return sampleOfValue(perSecond, { [HELD]: transactions });
    },
  };
}

/**
 * Holds one place in each way, and looks at everything that was written.
 *
 * @throws Error when two ways write something else: they would not be doing the same work
 */
async function requireSameTraces(
  { academy, pgbench, processors }: Bench,
  holders: readonly Holder[],
): Promise<void> {
  const admin = academy.bookingsAdmin;
  const traces: { name: string; written: unknown }[] = [];
  async function trace(name: string, hold: () => Promise<unknown>): Promise<void> {
    await forgetBookings(admin);
    await hold();
    await checkLedger(admin, 1);
    traces.push({ name, written: await readTraces(admin) });
  }
  const once = { clients: 1, rampMs: 0, durationMs: RUSH_TIMEOUT_MS, attempts: 1 };
  for (const holder of holders) await trace(holder.name, () => holder.hold(1, once));
  if (pgbench !== undefined) {
    const { bookingsUrl: databaseUrl, folder } = academy;
    const length = { transactions: 1 };
    await trace(PGBENCH, () =>
      runPgbench({ pgbench, databaseUrl, folder, processors, runs: 1, clients: 1, length }),
    );
  }
  const [first, ...others] = traces;
  for (const { name, written } of others) {
    if (!isDeepStrictEqual(written, first?.written))
      throw new Error(
        `${name} does not write what ${first?.name} writes: ${JSON.stringify(written)} ` +
          `and ${JSON.stringify(first?.written)}. See contenders/claim.ts.`,
      );
  }
}
