import {
  type Academy,
  type Booking,
  type Choice,
  type Registration,
  type Run,
  bookingsOf,
  runNamed,
} from "./academy.ts";
import { bookability, canBeBooked } from "./bookable.ts";
import { openChoiceOf, whyNotCancelled, whyNotTransferred } from "./bookings.ts";
import { placesLeft, seated } from "./places.ts";
import { currencyOf } from "./prices.ts";

/** The academy cancelled or moved a run: its people are asked again. */

/** A question that is open is replaced by the new one. */
export function ask(registration: Registration, kind: Choice["kind"]): void {
  const open = openChoiceOf(registration);
  if (open === undefined) registration.choices.push({ kind, state: "open" });
  else open.kind = kind;
}

/** Whoever has a place, and whose booker is known, is asked whether the new times will do. */
export function askAfterMove(academy: Academy, run: string): void {
  for (const booking of bookingsOf(academy, run)) {
    if (booking.status === "held") continue;
    for (const registration of seated(booking)) ask(registration, "run_rescheduled");
  }
}

/** What can be wished for. */
export const WISHES = ["stays", "another_date", "refund"] as const;
export type Wish = (typeof WISHES)[number];

/** A run that was cancelled took the place along. */
export function isOfCancelled(registration: Registration): boolean {
  return openChoiceOf(registration)?.kind === "run_cancelled";
}

/** @returns why somebody who is asked can't have that, or `null` */
export function whyNotChosen(
  academy: Academy,
  booking: Booking,
  registration: Registration,
  wish: Wish,
): string | null {
  if (isOfCancelled(registration)) {
    if (registration.status === "transferred") return "transferred";
    return wish === "stays" ? "cancelled" : null;
  }
  return wish === "another_date"
    ? whyNotTransferred(academy, booking, registration)
    : whyNotCancelled(academy, booking, registration);
}

/** @returns the next dates of the same course that have places, in a currency that a booking can move to */
export function alternativesTo(academy: Academy, booking: Booking): Run[] {
  const { course } = runNamed(academy, booking.run);
  const currency = booking.registrations[0]?.currency ?? null;
  return [...academy.runs.values()]
    .filter((run) => run.name !== booking.run && run.course === course)
    .filter((run) => canBeBooked(bookability(academy, run, false)) && placesLeft(academy, run) > 0)
    .filter(({ prices }) => {
      const there = currencyOf(prices, booking.region);
      return currency === null || there === null || there === currency;
    })
    .toSorted((a, b) => a.startsAt - b.startsAt);
}
