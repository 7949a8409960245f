import type { Kind } from "../operation.ts";
import { type Academy, runNamed } from "../rules/academy.ts";
import { bookability, canBeBooked, hasRoom } from "../rules/bookable.ts";
import { answeredBefore } from "../rules/keys.ts";
import { settle } from "../rules/places.ts";
import { type HoldArgs, askFor, heldIn, mayHold, requestOf, take, whyNot } from "./hold.ts";
import { drawRun } from "./shared.ts";

interface TogetherArgs {
  readonly run: string;
  /** Places that each asks for, in the order in which they come. */
  readonly groups: readonly number[];
}

/**
 * Several people ask for places of a run at the same moment. The first goes alone; the others go together,
 * and are served in the order in which they came. A group that does not fit gets nothing.
 */
export const holdTogether: Kind<TogetherArgs> = {
  name: "holdTogether",
  weight: 4,
  draw(dice, academy) {
    const run = drawRun(dice, academy, (one) => canBeBooked(bookability(academy, one, false)));
    if (run === undefined) return undefined;
    return { run, groups: Array.from({ length: dice.between(2, 5) }, () => dice.between(1, 3)) };
  },
  rule(academy, { run, groups }, step) {
    const [first, ...others] = groups.map((places, index) => ({
      args: visitor(run, places),
      key: keyOf(step.id, index),
      name: nameOf(step.id, index),
    }));
    if (first === undefined) return [];
    return [...serve(academy, run, [first]), ...serve(academy, run, others)];
  },
  orElse(academy, args, step) {
    settle(academy, args.run);
    return holdTogether.rule(academy, args, step);
  },
  async call(world, { run, groups }, step) {
    const held = groups.map(async (places, index) => {
      const { client, input } = askFor(world, visitor(run, places), step);
      const idempotencyKey = `${input.idempotencyKey}-${index}`;
      try {
        const answer = await client.bookings.hold.mutate({ ...input, idempotencyKey });
        world.names.addBooking(nameOf(step.id, index), answer);
        return heldIn(answer);
      } catch (error) {
        const refusal = world.refusalOf(error);
        if (refusal === undefined) throw error;
        return { refused: refusal.code };
      }
    });
    return Promise.all(held);
  },
};

interface Turn {
  readonly args: HoldArgs;
  readonly key: string;
  readonly name: string;
}

function visitor(run: string, places: number): HoldArgs {
  return { run, places, asker: "visitor", region: null, code: null, email: null };
}

function keyOf(operation: number, index: number): string {
  return `${operation}-${index}`;
}

function nameOf(operation: number, index: number): string {
  return `b${operation}${String.fromCodePoint(97 + index)}`;
}

/** @returns each one's answer, or why there is none */
function serve(academy: Academy, name: string, turns: readonly Turn[]): unknown[] {
  const run = runNamed(academy, name);
  const requests = turns.map(({ args, key }) => ({ ...requestOf(args, { id: 0 }), key }));
  const before = requests.map((request) => answeredBefore(academy, request));
  const fresh = turns.filter((_, index) => before[index] === undefined);
  const asked = fresh.reduce((sum, { args }) => sum + args.places, 0);
  const fitTogether =
    fresh.every(({ args }) => mayHold(academy, run, args)) && hasRoom(academy, run, asked);
  if (!fitTogether) settle(academy, name);
  // Why somebody got nothing is looked up once all of them were served.
  const answers = turns.map(({ args, name: booking }, index) => {
    const request = requests[index];
    const known = before[index];
    if (known !== undefined || request === undefined) return known?.answer;
    return mayHold(academy, run, args) ? take(academy, request, args, booking) : undefined;
  });
  return answers.map((answer, index) => {
    const turn = turns[index];
    if (answer !== undefined || turn === undefined) return answer;
    // How many places are left is counted while others are served: that may be told either way.
    return { refused: whyNot(academy, run, turn.args).code };
  });
}
