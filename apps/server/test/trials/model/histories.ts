import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { Dice } from "./dice.ts";
import { History, outcomeOf } from "./history.ts";
import { type AnyKind, type Operation, again } from "./operation.ts";
import { KINDS } from "./operations/kinds.ts";
import { PLAIN_RUN, type Plan, type RunPlan, drawPlan, openAcademy } from "./plan.ts";

/** Operations of one history. */
const LENGTH = 60;

/** So often is something repeated with its key; and so often is a key misused. */
const REPEATED_PERCENT = 7;
const MISUSED_PERCENT = 2;

/** Tries to find an operation for which there is something to ask. */
const TRIES = 20;

/** How a history was made smaller last, to go on from there. */
interface Shrinking {
  /** So many operations are left out at once; 0 when no single one can be. */
  readonly chunk: number;
  /** Where in the history. */
  readonly at: number;
}

/**
 * Histories at random: each operation is drawn with regard to what the rules say has become of those before
 * it. One that fails is made smaller by leaving operations out, many at first, and by asking for less.
 */
class Histories extends fc.Arbitrary<History> {
  override generate(random: fc.Random): fc.Value<History> {
    const dice = new Dice(random);
    const plan = drawPlan(dice);
    return new fc.Value(new History(plan, drawOperations(dice, plan)), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is History {
    return value instanceof History;
  }

  override shrink(history: History, context: unknown): fc.Stream<fc.Value<History>> {
    return fc.stream(smaller(history, isShrinking(context) ? context : undefined));
  }
}

export function histories(): fc.Arbitrary<History> {
  return new Histories();
}

function isShrinking(context: unknown): context is Shrinking {
  return typeof context === "object" && context !== null && "chunk" in context;
}

function drawOperations(dice: Dice, plan: Plan): Operation[] {
  const operations: Operation[] = [];
  let academy = openAcademy(plan);
  for (let id = 1; id <= LENGTH; id += 1) {
    const drawn = drawOperation(dice, id, operations, (kind) => kind.draw(dice, academy, { id }));
    const [rule] = drawn?.rules ?? [];
    if (drawn === undefined || rule === undefined) break;
    operations.push(drawn);
    academy = outcomeOf(academy, rule)?.academy ?? academy;
  }
  return operations;
}

function drawOperation(
  dice: Dice,
  id: number,
  before: readonly Operation[],
  draw: (kind: AnyKind) => Operation | undefined,
): Operation | undefined {
  const original = dice.oneOf(before.slice(-25));
  if (original !== undefined && dice.chance(REPEATED_PERCENT)) {
    return again(original, { id }, dice.between(1, REPEATED_PERCENT) <= MISUSED_PERCENT);
  }
  for (let tries = 0; tries < TRIES; tries += 1) {
    const kind = dice.weighed(KINDS);
    const drawn = kind === undefined ? undefined : draw(kind);
    if (drawn !== undefined) return drawn;
  }
  return undefined;
}

/** Smaller histories that may fail alike, the smallest first: as in delta debugging (Zeller and Hildebrandt, 2002). */
function* smaller(
  history: History,
  before: Shrinking | undefined,
): IterableIterator<fc.Value<History>> {
  const { plan, disagreedAfter } = history;
  const operations = history.operations.slice(0, disagreedAfter);
  const isCutOff = operations.length < history.operations.length;
  const half = Math.max(1, Math.ceil(operations.length / 2));
  if (isCutOff && before === undefined) {
    yield new fc.Value(new History(plan, operations), { chunk: half, at: 0 });
  }
  // The last one shows the failure: it stays.
  const others = operations.length - 1;
  let chunk = before?.chunk ?? half;
  let at = before?.at ?? 0;
  while (chunk > 0) {
    for (; at < others; at += chunk) {
      const left = operations.filter(
        (_, index) => index < at || index >= Math.min(at + chunk, others),
      );
      yield new fc.Value(new History(plan, left), { chunk: Math.min(chunk, half), at });
    }
    at = 0;
    chunk = chunk === 1 ? 0 : Math.ceil(chunk / 2);
  }
  yield* plainer(new History(plan, operations));
}

/** The same operations in a plainer academy, or asking for less. */
function* plainer({ plan, operations }: History): IterableIterator<fc.Value<History>> {
  // In a plainer academy, other operations may have become needless.
  for (const simple of plainerPlans(plan)) {
    yield new fc.Value(new History(simple, operations), { chunk: 1, at: 0 });
  }
  for (const [index, operation] of operations.entries()) {
    for (const simple of operation.simpler()) {
      yield new fc.Value(new History(plan, operations.with(index, simple)), { chunk: 0, at: 0 });
    }
  }
}

/** In great steps first. */
function* plainerPlans(plan: Plan): IterableIterator<Plan> {
  const { runs, codes } = plan;
  const plainest = { runs: runs.map(plain), codes: [] };
  if (!isDeepStrictEqual(plainest, plan)) yield plainest;
  if (codes.length > 1) yield { runs, codes: [] };
  for (const index of runs.keys()) yield { runs: runs.toSpliced(index, 1), codes };
  for (const [index, run] of runs.entries()) {
    if (isDeepStrictEqual(plain(run), run)) continue;
    yield { runs: runs.with(index, plain(run)), codes };
    for (const plainer of plainerRuns(run)) yield { runs: runs.with(index, plainer), codes };
  }
  for (const index of codes.keys()) yield { runs, codes: codes.toSpliced(index, 1) };
}

function plain({ name }: RunPlan): RunPlan {
  return { name, ...PLAIN_RUN };
}

function* plainerRuns(run: RunPlan): IterableIterator<RunPlan> {
  // Begin and end go together.
  const { startsAt, endsAt, ...others } = PLAIN_RUN;
  const changes = [
    { startsAt, endsAt },
    ...Object.entries(others).map(([field, value]) => ({ [field]: value })),
  ];
  for (const change of changes) {
    const plain = { ...run, ...change };
    if (!isDeepStrictEqual(plain, run)) yield plain;
  }
}
