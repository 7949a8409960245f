import { type Academy, type Booking, bookingNamed } from "./academy.ts";
import { forbidden, notFound } from "./refusal.ts";

/** Who asks: the public with the key of what it is about, with another's key, or staff. */
export type Who = "key" | "wrong_key" | "staff";

/** What nobody has ever made. */
export const NOBODY = "nobody";

/** @throws Refusal NotFound, alike for what does not exist and for a wrong key */
export function requireBooking(academy: Academy, name: string, who: Who): Booking {
  if (name === NOBODY) throw notFound("booking", NOBODY);
  const booking = bookingNamed(academy, name);
  if (who === "wrong_key") throw notFound("booking", name);
  return booking;
}

export interface Decision {
  readonly decidedBy: "booker" | "staff" | "academy";
  readonly isWaived: boolean;
}

/** @throws Refusal Forbidden when somebody else than staff asks to be let off a fee */
export function decisionOf(who: Who, isWaived: boolean): Decision {
  if (isWaived && who !== "staff") throw forbidden("bookings.decide");
  return { decidedBy: who === "staff" ? "staff" : "booker", isWaived };
}

/** The academy cancelled or moved the run. */
export const BY_ACADEMY: Decision = { decidedBy: "academy", isWaived: true };
