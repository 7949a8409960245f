import type { Money } from "@lectern/contract/primitives";
import { moneyOrNull } from "../../../shared/money.ts";
import { cancellationCost } from "../../billing/cancellation-cost.ts";
import { isFreeOfCharge, priceOf } from "./change-money.ts";
import type { Decision } from "./decision.ts";
import type { RegistrationRow, WholeBooking } from "./locked-booking.ts";
import { isHeld } from "./obstacles.ts";

export interface CostOfCancelling {
  readonly price: Money | null;
  /** `null` with the price. */
  readonly fee: Money | null;
  readonly refund: Money | null;
  readonly isFree: boolean;
  /** By the policy, whether it is waived or not. */
  readonly noticeDays: number;
  readonly feeBasisPoints: number;
}

/**
 * What cancelling a registration costs: shown before, and charged then. The places of a hold cost
 * nothing and give nothing back.
 */
export function costOfCancelling(
  whole: WholeBooking,
  row: RegistrationRow,
  decision: Pick<Decision, "isWaived">,
): CostOfCancelling {
  const { policy, startsAt, at } = whole.terms;
  const price = priceOf(row);
  const { noticeDays, feeBasisPoints, fee, refund } = cancellationCost(
    policy,
    price,
    startsAt,
    at,
    "cancel",
  );
  const tier = { price, noticeDays, feeBasisPoints };
  const currency = price?.currency ?? null;
  const nothing = price === null ? null : { ...price, amount: 0 };
  if (isHeld(whole.booking)) return { ...tier, fee: nothing, refund: nothing, isFree: true };
  if (isFreeOfCharge(whole, row, decision)) {
    return { ...tier, fee: nothing, refund: price, isFree: true };
  }
  return {
    ...tier,
    fee: moneyOrNull(fee, currency),
    refund: moneyOrNull(refund, currency),
    isFree: false,
  };
}
