import { appRouter } from "@lectern/api/app-router";
import { type Database, executorOf } from "@lectern/database/queryable";
import { PROCEDURES } from "../support/procedures.ts";
import {
  CALLS,
  COUNT_EXCEPTIONS,
  type CountedCall,
  HOT,
  NOT_COUNTED,
  PAGES,
  callerOf,
} from "./calls.ts";
import { World } from "./world.ts";

/**
 * Counts the statements that a call of each procedure sends, in a small academy and in one that has more of everything.
 * A procedure that asks for each item of its answer (N+1) sends more where there are more.
 */

/** What one call sent, `BEGIN` and `COMMIT` included. */
export interface Sent {
  readonly statements: readonly string[];
  /** Statements that were sent at once, before the answer to any of them, are one. */
  readonly roundTrips: number;
}

export interface Count {
  readonly name: string;
  readonly few: Sent;
  readonly many: Sent;
}

export interface Counts {
  readonly counts: readonly Count[];
  readonly faults: readonly string[];
}

/**
 * No procedure sends more for one answer. A change is in a transaction, is made once for each key and recorded, and
 * locks what it changes in an order; a look-up by a key finds out first who may see it.
 */
const MOST_STATEMENTS = { query: 8, mutation: 30 };
const MOST_ROUND_TRIPS = { page: 1, query: 4, mutation: 30 };
const FEW = 2;
const MANY = 14;

/** @param db migrated and empty */
export async function countStatements(
  db: Database,
  calls: readonly CountedCall[] = CALLS,
): Promise<Counts> {
  const world = new World(db);
  await world.begin();
  await world.grow(FEW);
  const few = await callAll(world, calls);
  await world.grow(MANY - FEW);
  const many = await callAll(world, calls);
  const faults: string[] = [];
  const counts = calls.flatMap((call): Count[] => {
    const [before, after] = [few.get(call.name), many.get(call.name)];
    if (before === undefined || after === undefined) return [];
    for (const { error } of [before, after]) {
      if (error !== undefined) faults.push(`${call.name} can't be counted: ${error}`);
    }
    const count = { name: call.name, few: before.sent, many: after.sent };
    faults.push(...faultsOf(count));
    if (call.isOfOne !== true && before.length >= after.length)
      faults.push(`${call.name}: its answer has no more parts than in a small academy`);
    return [count];
  });
  return { counts, faults: [...faults, ...uncounted(calls)] };
}

/** @returns queries that nobody counts */
function uncounted(calls: readonly CountedCall[]): string[] {
  if (calls !== CALLS) return [];
  const counted = new Set(calls.map(({ name }) => procedureOf(name)));
  return PROCEDURES.filter(({ type, path }) => type === "query" && !counted.has(path))
    .filter(({ path }) => NOT_COUNTED[path] === undefined)
    .map(({ path }) => `${path} is not counted: add a call to apps/server/test/plans/calls.ts`);
}

function procedureOf(name: string): string {
  return name.split(" ", 1)[0] ?? name;
}

function faultsOf({ name, few, many }: Count): string[] {
  const path = procedureOf(name);
  const faults: string[] = [];
  if (HOT.has(path)) {
    for (const statement of new Set(many.statements.filter((one) => !isPrepared(one))))
      faults.push(`${name} is hot, and this is not prepared: ${statement}`);
  }
  const [before, after] = [few.statements.length, many.statements.length];
  if (before !== after) {
    const often = commonest(many.statements);
    faults.push(
      `${name} sends ${before} statements for ${FEW} items, ${after} for ${MANY}: ${often}`,
    );
  }
  const excesses = excessesOf(path, many);
  if (COUNT_EXCEPTIONS[path] === undefined)
    faults.push(...excesses.map((excess) => `${name} ${excess}`));
  else if (excesses.length === 0)
    faults.push(`The exception of ${path} is none any longer: take it out of the table`);
  return faults;
}

function excessesOf(path: string, { statements, roundTrips }: Sent): string[] {
  const excesses: string[] = [];
  const isQuery = PROCEDURES.find((procedure) => procedure.path === path)?.type === "query";
  const kind = isQuery ? "query" : "mutation";
  if (statements.length > MOST_STATEMENTS[kind])
    excesses.push(`sends ${statements.length} statements, and may send ${MOST_STATEMENTS[kind]}`);
  const mostRoundTrips = MOST_ROUND_TRIPS[PAGES.has(path) ? "page" : kind];
  if (roundTrips > mostRoundTrips)
    excesses.push(`takes ${roundTrips} round trips, and may take ${mostRoundTrips}`);
  return excesses;
}

function commonest(statements: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const statement of statements) counts.set(statement, (counts.get(statement) ?? 0) + 1);
  const [first = ""] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return first.slice(0, 200);
}

/** Prepared statements begin with their name. */
function isPrepared(statement: string): boolean {
  return statement.startsWith("/* ");
}

interface Called {
  readonly sent: Sent;
  /** Of the answer, as JSON. */
  readonly length: number;
  readonly error: string | undefined;
}

async function callAll(
  world: World,
  calls: readonly CountedCall[],
): Promise<ReadonlyMap<string, Called>> {
  const called = new Map<string, Called>();
  for (const counted of calls) called.set(counted.name, await callOne(world, counted));
  return called;
}

async function callOne(world: World, counted: CountedCall): Promise<Called> {
  await counted.prepare?.(world);
  const caller = appRouter.createCaller(callerOf(world, counted));
  let length = 0;
  let error: string | undefined;
  const sent = await sentBy(world.db, async () => {
    try {
      const answer = await counted.call(caller, world);
      length = JSON.stringify(answer).length;
    } catch (thrown) {
      error = String(thrown);
    }
  });
  return { sent, length, error };
}

/**
 * What goes over the connections of a pool while something is done, as the driver tells of every statement. No answer
 * is read before what was sent in the same turn of the event loop is on its way: what is, is one round trip.
 */
async function sentBy(db: Database, work: () => Promise<void>): Promise<Sent> {
  const { options } = db[executorOf].pool.client;
  const statements: string[] = [];
  let roundTrips = 0;
  let isOpen = false;
  options.debug = (_connection, statement) => {
    statements.push(statement);
    if (isOpen) return;
    isOpen = true;
    roundTrips += 1;
    setImmediate(() => {
      isOpen = false;
    });
  };
  try {
    await work();
  } finally {
    options.debug = false;
  }
  return { statements, roundTrips };
}
