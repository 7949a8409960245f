import type { BookingDetail } from "@lectern/contract/bookings";
import type { Dice } from "../dice.ts";
import type { World } from "../engine/world.ts";
import { PEOPLE } from "../plan.ts";
import { NOBODY, type Who } from "../rules/access.ts";
import {
  type Academy,
  type Booking,
  NothingThere,
  type Registration,
  type Run,
} from "../rules/academy.ts";

/** What kinds of operations have in common: what they draw, ask and hear. */

export function drawWho(dice: Dice): Who {
  if (dice.chance(3)) return "wrong_key";
  return dice.chance(15) ? "staff" : "key";
}

/** The key is asked for even of staff. */
export function drawKeyHolder(dice: Dice): "key" | "wrong_key" {
  return dice.chance(3) ? "wrong_key" : "key";
}

export function drawPerson(dice: Dice): string {
  const person = dice.pick(...PEOPLE);
  return dice.chance(5) ? person.toUpperCase() : person;
}

/** An address says who somebody is in any letter case. */
export function personIn(name: string): string {
  return name.toLowerCase();
}

export function addressOf(name: string): string {
  return `${name}@example.org`;
}

export function drawRun(
  dice: Dice,
  academy: Academy,
  makesSense: (run: Run) => boolean,
): string | undefined {
  return dice.preferably([...academy.runs.values()], makesSense)?.name;
}

/** @returns the name of a booking, seldom of one that was never made */
export function drawBooking(
  dice: Dice,
  academy: Academy,
  makesSense: (booking: Booking) => boolean,
): string | undefined {
  if (dice.chance(1)) return NOBODY;
  return dice.preferably([...academy.bookings.values()], makesSense)?.name;
}

/** @returns positions of registrations in a booking, mostly of those that have a place */
export function drawPositions(dice: Dice, academy: Academy, booking: string): number[] {
  const registrations = academy.bookings.get(booking)?.registrations ?? [];
  const numbered = registrations.map(({ status }, index) => ({ status, position: index + 1 }));
  const seated = numbered.filter(({ status }) => status === "reserved" || status === "confirmed");
  const among = seated.length > 0 && dice.chance(90) ? seated : numbered;
  return dice.someOf(among.map(({ position }) => position));
}

/** @returns those registrations, in the order of their positions */
export function registrationsAt(booking: Booking, positions: readonly number[]): Registration[] {
  const most = Math.max(...positions);
  if (most > booking.registrations.length) throw new NothingThere(`${booking.name}.${most}`);
  return booking.registrations.filter((_, index) => positions.includes(index + 1));
}

/** @returns the engine's ids of those registrations */
export function idsAt(world: World, booking: string, positions: readonly number[]): string[] {
  if (booking === NOBODY) return [world.names.idOf(NOBODY)];
  return positions.map((position) => world.names.idOf(`${booking}.${position}`));
}

/** @returns what counts of a booking's details, as `detailOf` of the rules says it */
export function detailIn(detail: BookingDetail) {
  return {
    status: detail.status,
    paymentState: detail.paymentState,
    places: detail.places,
    total: detail.total?.amount ?? null,
    placesLeft: detail.run.placesLeft,
    bookability: detail.run.bookability,
  };
}
