import type { Decision } from "./access.ts";
import {
  type Academy,
  type Booking,
  type Choice,
  type Minutes,
  type Registration,
  type Run,
  bookingsOf,
  nextSince,
  runNamed,
} from "./academy.ts";
import { bookability, canBeBooked, hasRoom } from "./bookable.ts";
import { requireUsable } from "./codes.ts";
import {
  giveCodeBack,
  isHolding,
  isOver,
  placesLeft,
  seated,
  serveQueue,
  settle,
} from "./places.ts";
import { type PlacePrice, cancelling, totalOfBooking } from "./prices.ts";
import { Refusal, conflict } from "./refusal.ts";

/** What becomes of bookings: made, kept, taken again, cancelled. */

/** @returns what whoever has a booking's key is told of it */
export function detailOf(academy: Academy, booking: Booking) {
  const run = runNamed(academy, booking.run);
  return {
    status: statusNow(academy, booking),
    paymentState: booking.paymentState,
    places: booking.places,
    total: totalOfBooking(booking),
    placesLeft: placesLeft(academy, run),
    bookability: bookability(academy, run, false),
  };
}

/** A hold past its time is shown as expired, whether or not anybody has needed its places. */
function statusNow({ now }: Academy, booking: Booking): Booking["status"] {
  return isHolding(booking) && isOver(booking.expiresAt, now) ? "expired" : booking.status;
}

export function addRegistrations(
  booking: Booking,
  prices: readonly PlacePrice[],
  status: "reserved" | "confirmed",
): void {
  for (const { amount, currency, steps } of prices) {
    booking.registrations.push({
      name: `${booking.name}.${booking.registrations.length + 1}`,
      status,
      hasLapsed: false,
      learner: null,
      isClaimed: false,
      claimVersion: 1,
      price: amount,
      currency,
      steps,
      successor: null,
      choices: [],
      changes: [],
    });
  }
}

export function newBooking(
  academy: Academy,
  made: Pick<Booking, "name" | "run" | "status" | "places" | "bookerEmail" | "region"> &
    Partial<Booking>,
): Booking {
  const booking: Booking = {
    paymentState: "unpaid",
    hasBooker: made.status === "confirmed",
    hasApprover: false,
    isExtended: false,
    expiresAt: null,
    createdAt: academy.now,
    origin: null,
    wasConfirmed: made.status === "confirmed",
    code: null,
    since: 0,
    registrations: [],
    ...made,
  };
  academy.bookings.set(booking.name, booking);
  return booking;
}

/**
 * Keeps the places of a hold: for good, or until another time. Those of a hold past its time are taken
 * again if there are any.
 *
 * @throws Refusal HoldExpired when they have gone, and as `takeAgain`
 */
export function keepPlaces(academy: Academy, booking: Booking): void {
  if (isHolding(booking) && !isOver(booking.expiresAt, academy.now)) return;
  const expiredAt = booking.expiresAt;
  if (takeAgain(academy, booking)) return;
  throw new Refusal("HoldExpired", { reference: booking.name, expiredAt });
}

/**
 * Takes the places of an expired booking again, and the use of its code.
 *
 * @returns whether they could be had
 * @throws Refusal Conflict for a booking that is not expired, NotBookable, DiscountNotUsable
 */
export function takeAgain(academy: Academy, booking: Booking): boolean {
  const run = settle(academy, booking.run);
  if (booking.status !== "expired") throw conflict("booking", "wrong_state", booking.status);
  // To whom a private run was opened once, it stays open.
  const reason = bookability(academy, run, true);
  if (!canBeBooked(reason)) throw new Refusal("NotBookable", { runId: run.name, reason });
  const lapsed = booking.registrations.filter(({ hasLapsed }) => hasLapsed);
  if (lapsed.length === 0 || !hasRoom(academy, run, lapsed.length)) return false;
  takeCodeAgain(academy, booking, run);
  for (const registration of lapsed) {
    registration.status = "reserved";
    registration.hasLapsed = false;
  }
  booking.since = nextSince(academy);
  return true;
}

/** As of the moment for which the booking was priced: a code that has ended since still counts. */
function takeCodeAgain(
  academy: Academy,
  { code, registrations, createdAt: at }: Booking,
  run: Run,
) {
  if (code === null) return;
  const currency = registrations[0]?.currency ?? null;
  requireUsable(academy, code.name, { course: run.course, currency, at });
  code.isActive = true;
}

/** Nobody has two places of one run. */
export function requireNoDuplicates(academy: Academy, booking: Booking): void {
  const others = bookingsOf(academy, booking.run)
    .filter((other) => other !== booking)
    .flatMap((other) => seated(other));
  const taken = new Set(others.map(({ learner }) => learner).filter((name) => name !== null));
  for (const { learner } of seated(booking)) {
    if (learner === null) continue;
    if (taken.has(learner)) throw conflict("booking", "duplicate_learner");
    taken.add(learner);
  }
}

/** A booking is confirmed with all registrations that have a place. */
export function confirm(booking: Booking): void {
  booking.status = "confirmed";
  booking.wasConfirmed = true;
  for (const registration of booking.registrations) {
    if (registration.status === "reserved") registration.status = "confirmed";
  }
}

export function openChoiceOf({ choices }: Registration): Choice | undefined {
  return choices.find(({ state }) => state === "open");
}

export function closeChoice(registration: Registration, state: Choice["state"]): void {
  const open = openChoiceOf(registration);
  if (open !== undefined) open.state = state;
}

/** @returns why a registration has no place any more */
function whyNotSeated(academy: Academy, booking: Booking, registration: Registration) {
  if (registration.status === "transferred") return "transferred";
  if (statusNow(academy, booking) === "expired") return "hold_expired";
  return registration.status === "cancelled" ? "cancelled" : null;
}

function hasBegun(academy: Academy, run: Run): boolean {
  return isOver(run.startsAt, academy.now);
}

export function whyNotCancelled(academy: Academy, booking: Booking, registration: Registration) {
  const obstacle = whyNotSeated(academy, booking, registration);
  if (obstacle !== null) return obstacle;
  return hasBegun(academy, runNamed(academy, booking.run)) ? "begun" : null;
}

export function whyNotTransferred(academy: Academy, booking: Booking, registration: Registration) {
  const obstacle = whyNotCancelled(academy, booking, registration);
  return obstacle ?? (isHolding(booking) ? "not_confirmed" : null);
}

export function whyNotNamed(
  academy: Academy,
  booking: Booking,
  registration: Registration,
  isStaff: boolean,
) {
  const obstacle = whyNotSeated(academy, booking, registration);
  if (obstacle !== null) return obstacle;
  if (booking.status === "held") return "not_confirmed";
  const run = runNamed(academy, booking.run);
  const isTooLate = isStaff ? isOver(run.endsAt, academy.now) : hasBegun(academy, run);
  return isTooLate ? "begun" : null;
}

/** @throws Refusal Conflict for the first that something stands in the way of */
export function requireUnobstructed(obstacles: readonly (string | null)[]): void {
  for (const obstacle of obstacles) {
    if (obstacle !== null) throw conflict("registration", "wrong_state", obstacle);
  }
}

/**
 * Cancels registrations of a booking under the policy of its run, and gives their places to whoever waits.
 * The booking ends with its last one.
 */
export function cancelPlaces(
  academy: Academy,
  booking: Booking,
  registrations: readonly Registration[],
  decision: Decision,
): void {
  const run = runNamed(academy, booking.run);
  const wasHeld = isHolding(booking);
  for (const registration of registrations) {
    // Nothing was sold yet: there is nothing to settle.
    if (!wasHeld) writeCancellation(academy, run, registration, decision);
    registration.status = "cancelled";
    closeChoice(registration, "refund");
  }
  leave(academy, booking, registrations);
}

/** Writes down what the academy keeps, and what it gives back. */
export function writeCancellation(
  academy: Academy,
  run: Run,
  registration: Registration,
  { decidedBy, isWaived }: Decision,
): void {
  const isAsked = openChoiceOf(registration) !== undefined;
  const { fee, refund } = costOfCancelling(academy, run, registration, isWaived);
  registration.changes.push({
    kind: "cancellation",
    decidedBy: isAsked ? "academy" : decidedBy,
    fee,
    refund,
    difference: null,
  });
}

/** Nothing, if the fee is waived, or if the academy has asked what is to become of the place. */
export function costOfCancelling(
  { now }: Academy,
  run: Run,
  registration: Registration,
  isWaived: boolean,
): { fee: number | null; refund: number | null; isFree: boolean } {
  const isFree = isWaived || openChoiceOf(registration) !== undefined;
  const { price } = registration;
  if (!isFree) return { ...cancelling(run, now, price), isFree };
  return { fee: price === null ? null : 0, refund: price, isFree };
}

/**
 * The places of registrations that have left a booking go to whoever waits. The booking ends with its last
 * one, and gives its code back.
 */
export function leave(academy: Academy, booking: Booking, left: readonly Registration[]): void {
  if (left.length === 0) return;
  if (seated(booking).length === 0) {
    booking.status = "cancelled";
    giveCodeBack(booking);
  } else if (isHolding(booking)) {
    booking.places -= left.length;
    // What was only held was never sold: the booking costs what is left of it.
    for (const registration of left) {
      if (registration.price !== null) registration.price = 0;
      registration.steps = [];
    }
  }
  serveQueue(academy, runNamed(academy, booking.run));
}

/** @returns until when a company may think about a booking at most */
export function approvalDeadline({ now }: Academy, run: Run): Minutes {
  const hours = 72;
  return Math.min(now + hours * 60, run.closesAt ?? Infinity, run.startsAt);
}
