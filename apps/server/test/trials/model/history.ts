import type { Database } from "@lectern/database/connect";
import { differences } from "./compare.ts";
import { setUp } from "./engine/set-up.ts";
import type { World } from "./engine/world.ts";
import type { Operation } from "./operation.ts";
import { type Plan, openAcademy } from "./plan.ts";
import { type Academy, NothingThere, copyOf } from "./rules/academy.ts";
import { Refusal } from "./rules/refusal.ts";
import { type View, byName, viewOf } from "./view.ts";

/** What happens in an academy, one operation after the other. */
export class History {
  readonly plan: Plan;
  readonly operations: readonly Operation[];
  /** So many operations were made when rules and engine disagreed. */
  disagreedAfter: number | undefined;

  constructor(plan: Plan, operations: readonly Operation[]) {
    this.plan = plan;
    this.operations = operations;
  }

  /** As people read it. */
  toString(): string {
    const runs = this.plan.runs.map(({ name, ...run }) => `   ${name}: ${JSON.stringify(run)}`);
    const codes = this.plan.codes.map(({ name, ...code }) => `   ${name}: ${JSON.stringify(code)}`);
    return [...runs, ...codes, ...this.operations.map(String)].join("\n");
  }
}

/** Rules and engine say different things. */
export class Disagreement extends Error {
  override readonly name = "Disagreement";

  constructor(operation: Operation, lines: readonly string[], cause?: unknown) {
    const shown = lines.map((line) => `   ${line}`).join("\n");
    super(`${operation.toString()}\n${shown}`, cause === undefined ? undefined : { cause });
  }
}

/** A history in which rules and engine disagree, as small as it could be made. */
export interface Finding {
  /** Makes the history that failed again, as the first of a trial. */
  readonly seed: number;
  readonly history: History;
  readonly disagreement: Disagreement;
}

/** What somebody hears who asks. */
export type Heard =
  | { readonly answer: unknown }
  | { readonly refused: { readonly code: string; readonly data: unknown } };

/** What the rules say to an operation: what is heard, and how the academy is afterwards. */
export interface Outcome {
  readonly heard: Heard;
  readonly academy: Academy;
}

/** @returns `undefined` for an operation on something that is not there */
export function outcomeOf(
  before: Academy,
  rule: (academy: Academy) => unknown,
): Outcome | undefined {
  const academy = copyOf(before);
  try {
    return { heard: { answer: rule(academy) }, academy };
  } catch (error) {
    if (error instanceof NothingThere) return undefined;
    if (!(error instanceof Refusal)) throw error;
    const { code, data, keepsSettled } = error;
    return {
      heard: { refused: { code, data } },
      academy: keepsSettled ? academy : { ...before, remembered: academy.remembered },
    };
  }
}

/** Hears what was done, for the figures. */
export type OnStep = (operation: Operation, heard: Heard) => void;

/**
 * Lets a history happen by the rules and in the engine, and compares what is heard and what there is to
 * see after each operation.
 *
 * @throws Disagreement
 */
export async function live(db: Database, history: History, onStep: OnStep): Promise<void> {
  const world = await setUp(db, history.plan);
  let academy = openAcademy(history.plan);
  let seen = await world.look();
  for (const [index, operation] of history.operations.entries()) {
    const outcomes = operation.rules
      .map((rule) => outcomeOf(academy, rule))
      .filter((outcome) => outcome !== undefined);
    const [usual] = outcomes;
    if (usual === undefined) continue;
    world.foundByRules = usual.academy.remembered;
    history.disagreedAfter = index + 1;
    const heard = await ask(world, operation);
    if (heard === undefined) continue;
    const now = await world.look();
    world.clock.requireInTime();
    academy = agreed(operation, outcomes, { heard, seen: now });
    requireTold(operation, seen, now, world.takeTold());
    history.disagreedAfter = undefined;
    seen = now;
    onStep(operation, heard);
  }
  history.disagreedAfter = undefined;
}

/** @returns `undefined` for an operation on something that the engine has not made */
async function ask(world: World, operation: Operation): Promise<Heard | undefined> {
  try {
    return { answer: await operation.call(world) };
  } catch (error) {
    if (error instanceof NothingThere) return undefined;
    const refused = world.refusalOf(error);
    if (refused !== undefined) return { refused };
    const failure = world.failureBehind(error);
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new Disagreement(operation, [`the engine failed: ${reason}`], failure);
  }
}

/** @returns the academy of the outcome that the engine has chosen */
function agreed(
  operation: Operation,
  outcomes: readonly Outcome[],
  engine: { readonly heard: Heard; readonly seen: View },
): Academy {
  const lines = outcomes.map((outcome) => [
    ...differences(outcome.heard, engine.heard),
    ...differences(viewOf(outcome.academy), engine.seen),
  ]);
  const chosen = outcomes.find((_, index) => lines[index]?.length === 0);
  if (chosen === undefined) throw new Disagreement(operation, lines[0] ?? []);
  return chosen.academy;
}

/** Whoever watches a run is told when something has changed that they see. */
function requireTold(
  operation: Operation,
  before: View,
  after: View,
  told: readonly string[],
): void {
  for (const run of Object.keys(after.runs)) {
    if (told.includes(run)) continue;
    const changes = differences(watched(before, run), watched(after, run), ["before", "now"]);
    if (changes.length === 0) continue;
    throw new Disagreement(operation, [`nobody was told that ${run} has changed:`, ...changes]);
  }
}

function watched({ runs, entries }: View, name: string) {
  const run = runs[name];
  const queue = Object.entries(entries).filter(([, entry]) => entry.run === name);
  return {
    status: run?.status,
    capacity: run?.capacity,
    taken: run?.taken,
    waiting: run?.waiting,
    queue: byName(queue, ([entry, { status, offered, offerExpiresAt }]) => [
      entry,
      { status, offered, offerExpiresAt },
    ]),
  };
}
