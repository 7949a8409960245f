import type { Money } from "@lectern/contract/primitives";
import { addMoney } from "../../billing/money.ts";
import { moneyOrNull } from "../../../shared/money.ts";
import type { RegistrationRow, WholeBooking } from "./locked-booking.ts";
import type { Decision } from "./decision.ts";

/** @returns what a registration's place costs; `null`: on request */
export function priceOf(row: RegistrationRow): Money | null {
  return moneyOrNull(row.priceAmount, row.priceCurrency);
}

/**
 * Whether a change costs no fee: it was waived, or the run was moved and the registration has yet to
 * say whether that will do.
 */
export function isFreeOfCharge(
  { openChoices }: WholeBooking,
  row: RegistrationRow,
  { isWaived }: Pick<Decision, "isWaived">,
): boolean {
  return isWaived || openChoices.has(row.id);
}

/** @returns the sum; `null` where one is, or there is none */
export function sumOf(amounts: readonly (Money | null)[]): Money | null {
  let sum: Money | null = null;
  for (const amount of amounts) {
    if (amount === null) return null;
    sum = sum === null ? amount : addMoney(sum, amount);
  }
  return sum;
}
