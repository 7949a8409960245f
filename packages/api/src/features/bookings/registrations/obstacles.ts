import type { RegistrationObstacle } from "@lectern/contract/registrations";
import { type DomainError, conflict } from "../../../domain-error.ts";
import { HOLDING } from "../places/release-lapsed.ts";
import type { BookingRow } from "../read-booking.ts";
import type { RegistrationRow, RunTerms, WholeBooking } from "./locked-booking.ts";

/** What stands in the way of a change, told alike before it and when it is tried. */

/** Whether its places are a hold's: nobody has to pay for giving them up. */
export function isHeld({ status }: BookingRow): boolean {
  return HOLDING.some((holding) => holding === status);
}

function hasLapsed(booking: BookingRow, at: Date): boolean {
  if (booking.status === "expired") return true;
  return isHeld(booking) && booking.expiresAt !== null && booking.expiresAt <= at;
}

function hasBegun({ startsAt, at }: RunTerms): boolean {
  return startsAt <= at;
}

/** @returns why a registration has no place any more, or `null` for one that has */
function whyNotSeated({ booking, terms }: WholeBooking, row: RegistrationRow) {
  if (row.status === "transferred") return "transferred";
  if (hasLapsed(booking, terms.at)) return "hold_expired";
  return row.status === "cancelled" ? "cancelled" : null;
}

/** @returns why a registration can't be cancelled, or `null` when it can */
export function whyNotCancelled(
  whole: WholeBooking,
  row: RegistrationRow,
): RegistrationObstacle | null {
  const obstacle = whyNotSeated(whole, row);
  if (obstacle !== null) return obstacle;
  const isOver = row.status === "completed" || row.status === "no_show";
  return isOver || hasBegun(whole.terms) ? "begun" : null;
}

/** @returns why a registration can't be transferred, or `null` when it can */
export function whyNotTransferred(
  whole: WholeBooking,
  row: RegistrationRow,
): RegistrationObstacle | null {
  return whyNotCancelled(whole, row) ?? (isHeld(whole.booking) ? "not_confirmed" : null);
}

/** @returns why a place can't be claimed through a link, or `null` when it can, if nobody has it */
export function whyNotClaimed(
  whole: WholeBooking,
  row: RegistrationRow,
): RegistrationObstacle | null {
  return whyNotTransferred(whole, row);
}

/**
 * @param isStaff staff may still write down who came once the run has begun, until it ends
 * @returns why a place can't be given to another learner, or `null` when it can
 */
export function whyNotNamed(
  whole: WholeBooking,
  row: RegistrationRow,
  isStaff: boolean,
): RegistrationObstacle | null {
  const obstacle = whyNotSeated(whole, row);
  if (obstacle !== null) return obstacle;
  // Before, learners are named as the hold is confirmed.
  if (whole.booking.status === "held") return "not_confirmed";
  const { terms } = whole;
  const isOver = row.status === "completed" || row.status === "no_show";
  const isTooLate = isStaff ? terms.endsAt <= terms.at : hasBegun(terms);
  return isOver || isTooLate ? "begun" : null;
}

const WORDS: Readonly<Record<RegistrationObstacle, string>> = {
  cancelled: "This registration has been cancelled.",
  transferred: "This registration has been moved to another date.",
  hold_expired: "The hold on these places has expired.",
  not_confirmed: "This booking has yet to be confirmed.",
  begun: "This date has begun.",
};

export function inTheWay(obstacle: RegistrationObstacle): DomainError {
  return conflict("registration", "wrong_state", WORDS[obstacle], obstacle);
}

/** @throws Conflict `wrong_state` for the first registration that something stands in the way of */
export function requireUnobstructed(
  whole: WholeBooking,
  rows: readonly RegistrationRow[],
  whyNot: (whole: WholeBooking, row: RegistrationRow) => RegistrationObstacle | null,
): void {
  for (const row of rows) {
    const obstacle = whyNot(whole, row);
    if (obstacle !== null) throw inTheWay(obstacle);
  }
}
