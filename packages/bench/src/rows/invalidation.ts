import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Administration, administer } from "@lectern/database/driver/administer";
import { z } from "zod";
import { queryPath } from "../contenders/query-path.ts";
import type { ServerProcess } from "../contenders/server-process.ts";
import { startLectern, startTogether } from "../contenders/servers.ts";
import type { Answer } from "../load/answer-reader.ts";
import {
  type HttpConnection,
  getRequest,
  openConnection,
  postRequests,
} from "../load/http-connection.ts";
import type { Task } from "../load/messages.ts";
import { type Worker, startWorker } from "../load/worker-process.ts";
import type { Contender, PreparedRow } from "../sample.ts";
import { quantile } from "../statistics.ts";
import {
  type Bench,
  CLIENTS,
  type Length,
  type Row,
  measuredLength,
  warmUpLength,
} from "./bench.ts";

/**
 * How long an instance gives an answer that is no longer true. Somebody with SQL, or another instance, changes something; an
 * instance that keeps the answer is asked for it without a pause until it says so. It hears of that in two ways: the
 * database tells of the catalogue, and an instance that takes a booking tells of its run.
 */

const DATABASE = "lectern_invalidation";

/** Longest pause between two changes, drawn by lot: an instance tells of those that come close after another with the next notice. */
const PAUSE_MS = 60;

/** An answer is too old before that: where a notice was lost, the figures say so. */
const TIMEOUT_MS = 60_000;

/** More than are booked, and no more than a run may have. */
const CAPACITY = 100_000;

const COURSE = "a course, by SQL";
const BOOKING = "a booking";
const WHILE_READ = `while ${CLIENTS} read`;

export const invalidationRow: Row = {
  name: "invalidation",
  title: "From a change to the first answer that shows it, of an instance that kept another: p99",
  unit: "ms",
  prepare,
};

async function prepare(bench: Bench): Promise<PreparedRow> {
  const { academy, processors } = bench;
  const databaseUrl = await academy.copyCatalogue(DATABASE);
  await using starting = new AsyncDisposableStack();
  const admin = starting.use(administer(databaseUrl));
  const subject = await chooseSubject(admin);
  const place = { databaseUrl, folder: academy.folder, processors };
  const servers = await startTogether(starting, {
    here: startLectern(place, { keepsAnswers: true }),
    there: startLectern(place, { keepsAnswers: true }),
  });
  const ways = [courseWay(subject, admin), bookingWay(subject, servers.here)];
  const paths = [...ways.map(({ path }) => path), queryPath("courses.list", { limit: 20 })];
  const readerOf = (load: Worker, { origin }: ServerProcess): Reader => ({
    load,
    task: { kind: "get", origin, paths },
  });
  const readers = [
    readerOf(bench.load, servers.there),
    readerOf(starting.use(await startWorker()), servers.here),
  ];
  const contenders = ways.flatMap((way) => [
    changing(bench, way.name, { ...servers, way, readers: [] }),
    changing(bench, `${way.name}, ${WHILE_READ}`, { ...servers, way, readers }),
  ]);
  const started = starting.move();
  return {
    contenders,
    comparisons: ways.map(({ name }) => ({ of: `${name}, ${WHILE_READ}`, to: name })),
    get notes() {
      return [
        "Counted from when a change is sent, so that the change itself is in it. The aim is 100 ms from its commit, which is in between that and when whoever made it was told.",
        ...contenders.map((contender) => contender.summary()),
      ];
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

const Subject = z.object({ courseId: z.string(), slug: z.string(), runId: z.string() });

/** A course that is changed, and a run of it that is booked. */
type Subject = z.infer<typeof Subject>;

/** @returns one that has room for all bookings */
async function chooseSubject(admin: Administration): Promise<Subject> {
  const [row] = await admin.run(
    `SELECT course.id AS "courseId", course.slug, course_run.id AS "runId"
     FROM course_run JOIN course ON course.id = course_run.course_id
     WHERE course.status = 'published' AND course_run.status = 'confirmed'
       AND course_run.starts_at > now() + interval '7 days'
     ORDER BY course_run.starts_at, course_run.id LIMIT 1`,
  );
  const subject = Subject.parse(row);
  await admin.run("UPDATE run_capacity SET capacity = $1::integer WHERE run_id = $2::uuid", [
    String(CAPACITY),
    subject.runId,
  ]);
  return subject;
}

/** A way of changing something that everybody may see. */
interface Way {
  readonly name: string;
  /** Of a query that shows it. */
  readonly path: string;
  /**
   * @param before what is answered before the change
   * @param turn the number of the change
   * @returns what tells whether an answer shows the change
   */
  expectation(before: Answer, turn: number): (answer: Answer) => boolean;
  /**
   * Resolves once it is committed, and whoever has changed it knows.
   *
   * @param here a connection to the instance that is not asked afterwards
   */
  change(turn: number, here: HttpConnection): Promise<unknown>;
}

function courseWay({ courseId, slug }: Subject, admin: Administration): Way {
  const titleOf = (turn: number) => `The title number ${turn}.`;
  return {
    name: COURSE,
    path: queryPath("courses.bySlug", { slug }),
    expectation(_, turn) {
      const title = titleOf(turn);
      return ({ body }) => body.includes(title);
    },
    change: (turn) =>
      admin.run("UPDATE course SET title = $1 WHERE id = $2::uuid", [titleOf(turn), courseId]),
  };
}

function bookingWay({ runId }: Subject, { origin }: ServerProcess): Way {
  const holdRequest = postRequests(origin, "/trpc/bookings.hold");
  return {
    name: BOOKING,
    path: queryPath("runs.byId", { id: runId }),
    expectation(before) {
      const left = placesIn(before) - 1;
      return (answer) => placesIn(answer) === left;
    },
    change: async (_, here) =>
      requireAnswer(
        await here.ask(holdRequest({ runId, places: 1, idempotencyKey: randomUUID() })),
      ),
  };
}

const Run = z.object({ result: z.object({ data: z.object({ placesLeft: z.int() }) }) });

function placesIn({ body }: Answer): number {
  return Run.parse(JSON.parse(body.toString())).result.data.placesLeft;
}

/** @throws Error for an answer that is none to a question */
function requireAnswer(answer: Answer): Answer {
  if (answer.status === 200) return answer;
  throw new Error(`It was answered by ${answer.status}: ${answer.body.toString().slice(0, 500)}`);
}

interface Reader {
  readonly load: Worker;
  readonly task: Task;
}

interface Changes {
  readonly way: Way;
  readonly here: ServerProcess;
  readonly there: ServerProcess;
  /** Those who read meanwhile. */
  readonly readers: readonly Reader[];
}

interface ChangingContender extends Contender {
  /** @returns in a line what came of all changes that were measured */
  summary(): string;
}

/** Somebody who changes something again and again, for as long as a measurement takes. */
function changing(bench: Bench, name: string, changes: Changes): ChangingContender {
  const { timing } = bench;
  const { readers } = changes;
  const measured: Shown[] = [];
  let turn = 0;

  async function run(length: Length): Promise<Shown[]> {
    const [times] = await Promise.all([
      changeFor(length),
      ...readers.map(({ load, task }) =>
        load.run({ task, ...length, clients: CLIENTS / readers.length }),
      ),
    ]);
    return times;
  }

  async function changeFor({ rampMs, durationMs }: Length): Promise<Shown[]> {
    const here = await openConnection(changes.here.origin);
    const there = await openConnection(changes.there.origin);
    try {
      const times: Shown[] = [];
      const until = performance.now() + rampMs + durationMs;
      await sleep(rampMs);
      while (performance.now() < until || times.length === 0) {
        turn += 1;
        times.push(await timeOf(changes, turn, here, there));
        await sleep(Math.random() * PAUSE_MS);
      }
      return times;
    } finally {
      here.close();
      there.close();
    }
  }

  return {
    name,
    warmUp: async () => {
      await run(warmUpLength(timing));
    },
    async measure() {
      const shown = await run(measuredLength(timing));
      measured.push(...shown);
      const times = shown.map(({ sinceSentMs }) => sinceSentMs);
      const p99Ms = quantile(times, 0.99);
      return {
        value: p99Ms,
        p50Ms: quantile(times, 0.5),
        p99Ms,
        processorMicros: null,
        othersShare: null,
        outcomes: { seen: times.length },
      };
    },
    summary() {
      const sent = inWords(measured.map(({ sinceSentMs }) => sinceSentMs));
      const told = inWords(measured.map(({ sinceToldMs }) => sinceToldMs));
      return `${name}: ${measured.length} changes show ${sent}; from when whoever made one was told, ${told}.`;
    },
  };
}

function inWords(times: readonly number[]): string {
  const [half, most, all] = [0.5, 0.99, 1].map((share) => quantile(times, share).toFixed(1));
  return `after ${half} ms (half of them), ${most} ms (99 %), ${all} ms (all)`;
}

/** How long a change took until it showed, in milliseconds. */
interface Shown {
  readonly sinceSentMs: number;
  /** From when whoever made it was told that it is made; 0 where it showed before that. */
  readonly sinceToldMs: number;
}

async function timeOf(
  { way, there: { origin } }: Changes,
  turn: number,
  here: HttpConnection,
  there: HttpConnection,
): Promise<Shown> {
  const request = getRequest(origin, way.path);
  const shows = way.expectation(requireAnswer(await there.ask(request)), turn);
  const begun = performance.now();
  const told = (async () => {
    await way.change(turn, here);
    return performance.now();
  })();
  const seen = (async () => {
    while (!shows(requireAnswer(await there.ask(request)))) {
      if (performance.now() - begun > TIMEOUT_MS)
        throw new Error(`The change "${way.name}" did not show after ${TIMEOUT_MS} ms`);
    }
    return performance.now();
  })();
  const [seenAt, toldAt] = await Promise.all([seen, told]);
  return { sinceSentMs: seenAt - begun, sinceToldMs: Math.max(0, seenAt - toldAt) };
}
