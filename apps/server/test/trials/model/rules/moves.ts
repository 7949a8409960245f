import type { Decision } from "./access.ts";
import {
  type Academy,
  type Booking,
  type PriceStep,
  type Registration,
  type Run,
  nextSince,
  runNamed,
} from "./academy.ts";
import { checkLimit, hasRoom, requireBookable, soldOut } from "./bookable.ts";
import {
  addRegistrations,
  closeChoice,
  newBooking,
  openChoiceOf,
  requireNoDuplicates,
} from "./bookings.ts";
import { type PlacePrice, type TransferMoney, quote, totalOf, transferring } from "./prices.ts";
import { invalid } from "./refusal.ts";

/** Registrations move to another run: as new ones, in a new booking that names the old one as its origin. */

export interface Move {
  readonly to: Run;
  /** Of the new booking. */
  readonly name: string;
  /** To whom private runs are open. */
  readonly isInvited: boolean;
  readonly decision: Decision;
}

/** @returns what the moves cost, each */
export function move(
  academy: Academy,
  booking: Booking,
  registrations: readonly Registration[],
  { to, name, isInvited, decision }: Move,
): TransferMoney[] {
  const places = registrations.length;
  requireBookable(academy, to, isInvited);
  const { bookerEmail: email, region } = booking;
  // Staff may give more, and whom the academy asks again is not held to it.
  if (email !== null && decision.decidedBy === "booker") checkLimit(academy, to, { email, places });
  if (!hasRoom(academy, to, places)) throw soldOut(academy, to, places);
  const prices = quote(to.prices, { places, region, now: academy.now, code: null });
  const planned = registrations.map((registration, index) => {
    const isAsked = openChoiceOf(registration) !== undefined;
    const asQuoted = prices[index] ?? { amount: null, currency: null, steps: [] };
    const isAcademys = decision.decidedBy === "academy" || isAsked;
    const price = isAcademys ? noDearer(registration, asQuoted) : asQuoted;
    return { registration, isAsked, price };
  });
  if (planned.some(({ registration, price }) => haveTwoCurrencies(registration, price))) {
    throw invalid("toRunId");
  }
  const from = runNamed(academy, booking.run);
  const moved = newBooking(academy, {
    name,
    run: to.name,
    status: "confirmed",
    places,
    bookerEmail: email,
    region,
    hasApprover: booking.hasApprover,
    origin: booking.name,
    since: nextSince(academy),
  });
  addRegistrations(
    moved,
    planned.map(({ price }) => price),
    "confirmed",
  );
  const costs = planned.map(({ registration, isAsked, price }, index): TransferMoney => {
    const successor = moved.registrations[index];
    if (successor === undefined) throw new Error("A registration has no successor");
    successor.learner = registration.learner;
    successor.claimVersion = registration.claimVersion;
    successor.isClaimed = registration.isClaimed;
    const cost = transferring(from, academy.now, {
      old: registration.price,
      new: price.amount,
      isFree: decision.isWaived || isAsked,
    });
    registration.changes.push({
      kind: "transfer",
      decidedBy: isAsked ? "academy" : decision.decidedBy,
      fee: cost.fee,
      refund: cost.refund,
      difference: cost.difference,
    });
    registration.status = "transferred";
    registration.successor = successor.name;
    closeChoice(registration, "another_date");
    return cost;
  });
  moved.paymentState = paymentStateThere(booking, costs);
  requireNoDuplicates(academy, moved);
  return costs;
}

function haveTwoCurrencies({ currency }: Registration, there: PlacePrice): boolean {
  return currency !== null && there.currency !== null && currency !== there.currency;
}

/** The academy cancelled or moved the run: nobody pays more for its own doing. */
function noDearer({ price, currency }: Registration, there: PlacePrice): PlacePrice {
  if (price === null) return { amount: null, currency: null, steps: [] };
  if (there.amount === null) {
    return { amount: price, currency, steps: [{ kind: "transfer", amount: price }] };
  }
  const excess = there.amount - price;
  if (there.currency !== currency || excess <= 0) return there;
  const waiver: PriceStep = { kind: "waiver", amount: -excess };
  return { amount: price, currency, steps: [...there.steps, waiver] };
}

/** The money stays where it was paid; the new booking says how far it is paid by that. */
function paymentStateThere(
  { paymentState }: Booking,
  costs: readonly TransferMoney[],
): Booking["paymentState"] {
  if (paymentState === "refunded") return "unpaid";
  if (paymentState !== "paid") return paymentState;
  const toPay = totalOf(costs.map((cost) => cost.toPay));
  return toPay === null || toPay === 0 ? "paid" : "part_paid";
}
