import type { Dice } from "../dice.ts";
import type { Kind } from "../operation.ts";
import { type Who, requireBooking } from "../rules/access.ts";
import { type Academy, runNamed } from "../rules/academy.ts";
import { costOfCancelling, whyNotCancelled } from "../rules/bookings.ts";
import { WISHES, alternativesTo, whyNotChosen } from "../rules/choices.ts";
import { isHolding, seated } from "../rules/places.ts";
import { totalOf } from "../rules/prices.ts";
import { drawBooking, drawWho } from "./shared.ts";

/** What people are told of what they could do: nothing changes by it. */

interface BookingArgs {
  readonly booking: string;
  readonly who: Who;
}

function drawArgs(dice: Dice, academy: Academy): BookingArgs | undefined {
  const booking = drawBooking(dice, academy, (one) => seated(one).length > 0);
  return booking === undefined ? undefined : { booking, who: drawWho(dice) };
}

/** What cancelling would cost. */
export const askForCost: Kind<BookingArgs> = {
  name: "askForCost",
  plain: { who: "key" },
  weight: 2,
  draw: drawArgs,
  rule(academy, { booking: name, who }) {
    const booking = requireBooking(academy, name, who);
    const run = runNamed(academy, booking.run);
    const costs = booking.registrations.map((registration) => {
      const obstacle = whyNotCancelled(academy, booking, registration);
      const nothing = registration.price === null ? null : 0;
      const cost = isHolding(booking)
        ? { fee: nothing, refund: nothing, isFree: true }
        : costOfCancelling(academy, run, registration, false);
      return { registration: registration.name, obstacle, ...cost };
    });
    const possible = costs.filter(({ obstacle }) => obstacle === null);
    return {
      costs,
      fee: possible.length === 0 ? null : totalOf(possible.map(({ fee }) => fee)),
      refund: possible.length === 0 ? null : totalOf(possible.map(({ refund }) => refund)),
    };
  },
  async call(world, { booking, who }) {
    const proof = world.proofOf(booking, who);
    const told = await world.as(who).registrations.cancellationCost.query(proof);
    return {
      costs: told.registrations.map(({ registrationId, obstacle, fee, refund, isFree }) => ({
        registration: world.names.nameOf(registrationId),
        obstacle,
        fee: fee?.amount ?? null,
        refund: refund?.amount ?? null,
        isFree,
      })),
      fee: told.fee?.amount ?? null,
      refund: told.refund?.amount ?? null,
    };
  },
};

/** What those can choose who are asked again, and which other dates there are. */
export const askForChoices: Kind<BookingArgs> = {
  name: "askForChoices",
  plain: { who: "key" },
  weight: 2,
  draw: drawArgs,
  rule(academy, { booking: name, who }) {
    const booking = requireBooking(academy, name, who);
    const choices = booking.registrations.flatMap((registration) => {
      const latest = registration.choices.at(-1);
      if (latest === undefined) return [];
      const options = WISHES.filter(
        (wish) => whyNotChosen(academy, booking, registration, wish) === null,
      );
      const { kind, state } = latest;
      const isOpen = state === "open";
      return [{ registration: registration.name, kind, state, options: isOpen ? options : [] }];
    });
    const alternatives = alternativesTo(academy, booking).map((run) => run.name);
    return { choices, alternatives };
  },
  async call(world, { booking, who }) {
    const proof = world.proofOf(booking, who);
    const told = await world.as(who).registrations.choices.query(proof);
    return {
      choices: told.choices.map(({ registrationId, kind, state, options }) => ({
        registration: world.names.nameOf(registrationId),
        kind,
        state,
        options,
      })),
      alternatives: told.alternatives.map(({ id }) => world.names.nameOf(id)),
    };
  },
};
