import { type Administration, administer } from "@lectern/database/driver/administer";
import {
  BENCH_PASSWORD,
  type BenchPerson,
  addBenchPeople,
  forgetSignIns,
} from "../academy/bench-people.ts";
import type { ServerProcess } from "../contenders/server-process.ts";
import { startLectern, startTogether } from "../contenders/servers.ts";
import { SIGNED_IN, type Tally, type Task } from "../load/messages.ts";
import { type Worker, startWorker } from "../load/worker-process.ts";
import type { Contender, PreparedRow, Sample } from "../sample.ts";
import { type Bench, CLIENTS, type Length, type Row, sampleOf } from "./bench.ts";

/**
 * What is left for others when hundreds sign in at the same moment, each of which takes a processor for some sixty
 * milliseconds: a visitor's query is asked at a steady rate meanwhile. The control shows what it would be if all were let in
 * at once, and passwords not worked out one after the other.
 */

const SIGN_INS = { thorough: 500, quick: 20 };

/** A visitor's query comes so often: too little to be a load. */
const PER_SECOND = 50;
const PATH = "/trpc/courses.topics";

/**
 * It is looked at for so many measurements: enough to tell a 99th percentile, and not longer than the sign-ins take,
 * as that would tell of a time when they are over.
 */
const SLOTS = 2;

/** All must have been answered by then. */
const STORM_TIMEOUT_MS = 120_000;

const QUIET = "nobody signs in";
const STORM = "many sign in";
const CONTROL = "many sign in, hashed at once";

export const signInStormRow: Row = {
  name: "sign-in-storm",
  title: `${SIGN_INS.thorough} sign-ins at once, and how long others wait: courses.topics, 99th percentile`,
  unit: "ms",
  prepare,
};

async function prepare(bench: Bench): Promise<PreparedRow> {
  const { academy, processors, timing } = bench;
  const count = timing.patienceMs > 0 ? SIGN_INS.thorough : SIGN_INS.quick;
  const databaseUrl = academy.catalogueUrl;
  await using starting = new AsyncDisposableStack();
  const admin = starting.use(administer(databaseUrl));
  const people = (await addBenchPeople(admin)).slice(0, count);
  const crowd = starting.use(await startWorker());
  const place = { databaseUrl, folder: academy.folder, processors };
  const { lectern, control } = await startTogether(starting, {
    lectern: startLectern(place, { trustsClients: true }),
    control: startLectern(place, { trustsClients: true, hashesManyAtOnce: true }),
  });
  const storm = { admin, crowd, people };
  const started = starting.move();
  return {
    contenders: [
      visitorContender(bench, QUIET, lectern),
      visitorContender(bench, STORM, lectern, storm),
      visitorContender(bench, CONTROL, control, storm),
    ],
    comparisons: [
      { of: STORM, to: QUIET },
      { of: CONTROL, to: QUIET },
      { of: STORM, to: CONTROL },
    ],
    notes: [
      `"many" means ${count}. Those for whom there is no room to wait are asked to come again, by either.`,
    ],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

interface Storm {
  readonly admin: Administration;
  /** Plays those who sign in. */
  readonly crowd: Worker;
  readonly people: readonly BenchPerson[];
}

function visitorContender(
  bench: Bench,
  name: string,
  { pid, origin }: ServerProcess,
  storm?: Storm,
): Contender {
  const { load, timing } = bench;
  const visits = (length: Pick<Length, "rampMs" | "durationMs">) =>
    load.run({
      // Who waits for too long is told to come again: that shows in how long they waited.
      task: { kind: "get", origin, paths: [PATH], accepted: [200, 503] },
      clients: CLIENTS,
      attempts: null,
      perSecond: PER_SECOND,
      ...length,
    });

  async function visitsDuring(): Promise<Tally> {
    const length = { rampMs: 0, durationMs: timing.slotMs * SLOTS };
    if (storm === undefined) return visits(length);
    await forgetSignIns(storm.admin);
    const [visited, signIns] = await Promise.all([visits(length), signInAll(storm, origin)]);
    return { ...visited, outcomes: { ...visited.outcomes, ...signIns.outcomes } };
  }

  return {
    name,
    async warmUp() {
      await visits({ rampMs: 0, durationMs: timing.warmUpMs });
      await visitsDuring();
    },
    measure: async () => asWait(name, await sampleOf(bench, pid, visitsDuring)),
  };
}

/** @throws Error when nobody got in */
async function signInAll({ crowd, people }: Storm, origin: string): Promise<Tally> {
  const task: Task = { kind: "sign in", origin, people: people.map(visitorOf) };
  const count = people.length;
  const tally = await crowd.run({
    task,
    clients: count,
    rampMs: 0,
    durationMs: STORM_TIMEOUT_MS,
    attempts: count,
  });
  if (tally.outcomes[SIGNED_IN] === undefined)
    throw new Error(`Of ${count} sign-ins there came ${JSON.stringify(tally.outcomes)}`);
  return tally;
}

/** Each at another place: from one address so many would be guessing. */
function visitorOf({ email }: BenchPerson, index: number) {
  const address = `198.18.${Math.floor(index / 250)}.${1 + (index % 250)}`;
  const headers = { "x-forwarded-for": address, "x-lectern-client": "bench" };
  return { email, password: BENCH_PASSWORD, headers };
}

/** @returns the same, judged by the longest waits; what the server spent was not for these answers alone */
function asWait(name: string, sample: Sample): Sample {
  if (sample.p99Ms === null) throw new Error(`Nothing was answered while ${name}`);
  return { ...sample, value: sample.p99Ms, processorMicros: null };
}
