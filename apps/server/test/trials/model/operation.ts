import type { Dice } from "./dice.ts";
import type { World } from "./engine/world.ts";
import type { Academy } from "./rules/academy.ts";

/** Which operation of a history it is: what it makes is named by that, and its idempotency key too. */
export interface Step {
  readonly id: number;
}

/**
 * One kind of operation, in three views: what somebody might ask for, what the rules say to it, and how the
 * engine is asked.
 */
export interface Kind<Args extends object> {
  readonly name: string;
  /** How often it is tried, compared with the others. */
  readonly weight: number;
  /** @returns something to ask for; `undefined` where there is nothing */
  draw(dice: Dice, academy: Academy): Args | undefined;
  /**
   * Changes the academy as the rules say.
   *
   * @returns what is answered
   * @throws Refusal
   */
  rule(academy: Academy, args: Args, step: Step): unknown;
  /** What may happen instead, where the rules leave it to the engine. */
  orElse?(academy: Academy, args: Args, step: Step): unknown;
  /** @returns what the engine answered, in the words of the rules */
  call(world: World, args: Args, step: Step): Promise<unknown>;
  /** The same request with something else in it; left out where it has nothing else to say. */
  other?(args: Args): Args;
  /** What says least, to be tried in place of what was drawn. */
  readonly plain?: Partial<Args>;
}

/** Something that is asked for in a history. */
export interface Operation extends Step {
  readonly name: string;
  /** What the rules say; of several, the engine may choose. */
  readonly rules: readonly ((academy: Academy) => unknown)[];
  call(world: World): Promise<unknown>;
  /** The same request with something else in it. */
  other(): Operation | undefined;
  /** Operations that ask for less, the plainest first. */
  simpler(): Operation[];
  /** As one reads it in a history. */
  toString(): string;
}

function operation<Args extends object>(kind: Kind<Args>, args: Args, step: Step): Operation {
  return {
    id: step.id,
    name: kind.name,
    rules: [
      (academy) => kind.rule(academy, args, step),
      ...(kind.orElse === undefined
        ? []
        : [(academy: Academy) => kind.orElse?.(academy, args, step)]),
    ],
    call: (world) => kind.call(world, args, step),
    other: () => (kind.other === undefined ? undefined : operation(kind, kind.other(args), step)),
    simpler: () => simplerArgs(args, kind.plain).map((simple) => operation(kind, simple, step)),
    toString: () => `${step.id}. ${kind.name}(${written(args)})`,
  };
}

/** The same request again, as it comes from somebody who has not heard the answer; or another one with its key. */
export function again(original: Operation, step: Step, isOther: boolean): Operation {
  const asked = (isOther ? original.other() : undefined) ?? original;
  return {
    id: step.id,
    name: isOther ? "misuseKey" : "repeat",
    rules: asked.rules,
    call: (world) => asked.call(world),
    other: () => asked.other(),
    simpler: () => [asked],
    toString: () => `${step.id}. again ${asked.toString()}`,
  };
}

/** What one can ask for, whatever it takes: so that kinds can stand in one list. */
export interface AnyKind {
  readonly name: string;
  readonly weight: number;
  draw(dice: Dice, academy: Academy, step: Step): Operation | undefined;
}

export function anyKind<Args extends object>(kind: Kind<Args>): AnyKind {
  return {
    name: kind.name,
    weight: kind.weight,
    draw(dice, academy, step) {
      const args = kind.draw(dice, academy);
      return args === undefined ? undefined : operation(kind, args, step);
    },
  };
}

/** Each with one thing less in it. */
function simplerArgs<Args extends object>(args: Args, plain: Partial<Args> = {}): Args[] {
  const values: ReadonlyMap<string, unknown> = new Map(Object.entries(args));
  const plainer = Object.entries(plain)
    .filter(([field, value]) => values.get(field) !== value)
    .map(([field, value]: [string, unknown]) => ({ ...args, [field]: value }));
  const less = [...values].flatMap(([field, value]) =>
    simplerValues(value).map((simple) => ({ ...args, [field]: simple })),
  );
  return [...plainer, ...less];
}

function simplerValues(value: unknown): unknown[] {
  if (value === true) return [false];
  if (typeof value === "number" && value > 1) return value > 2 ? [1, value - 1] : [1];
  if (!Array.isArray(value) || value.length < 2) return [];
  const items: unknown[] = value;
  return items.map((_, index) => items.toSpliced(index, 1));
}

function written(args: object): string {
  return Object.entries(args)
    .filter(([, value]) => value !== null && value !== false && value !== 0)
    .map(([field, value]) => `${field}: ${JSON.stringify(value)}`)
    .join(", ");
}
