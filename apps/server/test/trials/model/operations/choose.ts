import type { Kind } from "../operation.ts";
import { BY_ACADEMY, type Who, requireBooking } from "../rules/access.ts";
import { type Booking, type Registration, runNamed } from "../rules/academy.ts";
import { bookability, canBeBooked } from "../rules/bookable.ts";
import {
  cancelPlaces,
  closeChoice,
  detailOf,
  leave,
  openChoiceOf,
  requireUnobstructed,
  writeCancellation,
} from "../rules/bookings.ts";
import { type Wish, isOfCancelled, whyNotChosen } from "../rules/choices.ts";
import { once } from "../rules/keys.ts";
import { move } from "../rules/moves.ts";
import { freeOf, settle } from "../rules/places.ts";
import { conflict, invalid, notFound } from "../rules/refusal.ts";
import { detailIn, drawRun, drawWho, idsAt, registrationsAt } from "./shared.ts";

interface Answer {
  readonly position: number;
  readonly choice: Wish;
  /** Of another date. */
  readonly to: string | null;
}

interface ChooseArgs {
  readonly booking: string;
  readonly who: Who;
  readonly answers: readonly Answer[];
}

/** People of a run that was cancelled or moved say what they want: it costs nobody but the academy. */
export const choose: Kind<ChooseArgs> = {
  name: "choose",
  plain: { who: "key" },
  weight: 8,
  draw(dice, academy) {
    const booking = dice.preferably(
      [...academy.bookings.values()].filter(({ wasConfirmed }) => wasConfirmed),
      ({ registrations }) => registrations.some((one) => openChoiceOf(one) !== undefined),
    );
    if (booking === undefined) return undefined;
    const asked = booking.registrations
      .map((registration, index) => ({ registration, position: index + 1 }))
      .filter(({ registration }) => openChoiceOf(registration) !== undefined || dice.chance(5))
      .map(({ position }) => position);
    const answers = dice.someOf(asked).map((position): Answer => {
      const to = drawRun(
        dice,
        academy,
        (run) =>
          run.name !== booking.run &&
          canBeBooked(bookability(academy, run, false)) &&
          freeOf(academy, run) > 0,
      );
      const choice = dice.pick("stays", "another_date", "another_date", "refund");
      return { position, choice, to: choice === "another_date" && to !== undefined ? to : null };
    });
    return answers.length === 0
      ? undefined
      : { booking: booking.name, who: drawWho(dice), answers };
  },
  rule(academy, args, step) {
    const booking = requireBooking(academy, args.booking, args.who);
    const targets = targetsOf(booking, args.answers);
    const isStaff = args.who === "staff";
    const request = { procedure: "choose", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      const from = settle(academy, booking.run);
      for (const target of targets) settle(academy, target);
      const answers = args.answers.map(({ position, choice, to }) => {
        const [registration] = registrationsAt(booking, [position]);
        if (registration === undefined) throw notFound("registration", "nobody");
        return { registration, choice, to, isOfCancelled: isOfCancelled(registration) };
      });
      for (const { registration, choice } of answers) {
        const open = openChoiceOf(registration);
        if (open === undefined) throw conflict("registration", "wrong_state", "decided");
        requireUnobstructed([whyNotChosen(academy, booking, registration, choice)]);
      }
      for (const { registration, choice } of answers) {
        if (choice === "stays") closeChoice(registration, "stays");
      }
      for (const [index, target] of targets.entries()) {
        const moving = answers.filter(({ to }) => to === target);
        const seats = moving.filter((one) => !one.isOfCancelled).map((one) => one.registration);
        const rows = inOrder(
          booking,
          moving.map(({ registration }) => registration),
        );
        move(academy, booking, rows, {
          to: runNamed(academy, target),
          name: nameOf(step.id, index),
          isInvited: isStaff,
          decision: BY_ACADEMY,
        });
        leave(academy, booking, seats);
      }
      const leaving = answers.filter(({ choice }) => choice === "refund");
      const seats = leaving.filter((one) => !one.isOfCancelled).map((one) => one.registration);
      if (seats.length > 0) cancelPlaces(academy, booking, seats, BY_ACADEMY);
      for (const { registration, isOfCancelled: isGone } of leaving) {
        if (!isGone) continue;
        writeCancellation(academy, from, registration, BY_ACADEMY);
        closeChoice(registration, "refund");
      }
      return { booking: detailOf(academy, booking), moved: targets };
    });
  },
  async call(world, args, step) {
    const chosen = await world.as(args.who).registrations.choose.mutate({
      ...world.proofOf(args.booking, args.who),
      choices: args.answers.map(({ position, choice, to }) => {
        const [registrationId = ""] = idsAt(world, args.booking, [position]);
        const toRunId = to === null ? null : world.names.idOf(to);
        return { registrationId, choice, toRunId };
      }),
      idempotencyKey: world.key(step.id),
    });
    for (const [index, moved] of chosen.moved.entries()) {
      world.names.addBooking(nameOf(step.id, index), moved);
    }
    return {
      booking: detailIn(chosen.booking),
      moved: chosen.moved.map(({ runId }) => world.names.nameOf(runId)),
    };
  },
  other: (args) => ({
    ...args,
    answers: args.answers.map(({ position }) => ({ position, choice: "refund", to: null })),
  }),
};

function nameOf(operation: number, index: number): string {
  return `b${operation}${String.fromCodePoint(97 + index)}`;
}

/** @returns the runs that are chosen instead, in the order in which they are named first */
function targetsOf(booking: Booking, answers: readonly Answer[]): string[] {
  const targets = new Set<string>();
  for (const [index, { choice, to }] of answers.entries()) {
    if (choice !== "another_date") continue;
    if (to === null || to === booking.run) throw invalid(`choices.${index}.toRunId`);
    targets.add(to);
  }
  return [...targets];
}

function inOrder(booking: Booking, some: readonly Registration[]): Registration[] {
  return booking.registrations.filter((registration) => some.includes(registration));
}
