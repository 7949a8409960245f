import type { Money } from "@lectern/contract/primitives";
import type { StoredCancellationPolicy } from "@lectern/database/schema/scheduling";
import { cancellationCost } from "./cancellation-cost.ts";
import { addMoney, subtractMoney } from "./money.ts";

export interface Move {
  /** Of the run that is left. */
  readonly policy: StoredCancellationPolicy;
  readonly oldPrice: Money | null;
  readonly newPrice: Money | null;
  /** When the run begins that is left. */
  readonly startsAt: Date;
  readonly at: Date;
  /** Whether the academy asks no fee: the move is its own doing. The price of the new run counts all the same. */
  readonly isFree: boolean;
}

export type TransferCost =
  | {
      readonly ok: true;
      readonly noticeDays: number;
      readonly feeBasisPoints: number;
      /** In minor units; `null` where the old price is on request. */
      readonly fee: number | null;
      /** The new price less the old one; this and what follows from it is `null` where one of them is on request. */
      readonly difference: number | null;
      /** What is still to be paid for fee and difference, once the old price was paid. */
      readonly toPay: number | null;
      /** What the academy gives back. */
      readonly refund: number | null;
    }
  | { readonly ok: false; readonly reason: "other_currency" };

/**
 * What moving a registration to another run costs: the policy's fee on the old price, and the
 * difference of the prices. Fee and difference are settled against each other: `toPay − refund` is
 * their sum, and one of the two is zero.
 */
export function transferCost(move: Move): TransferCost {
  const { policy, oldPrice, newPrice, startsAt, at, isFree } = move;
  if (oldPrice !== null && newPrice !== null && oldPrice.currency !== newPrice.currency) {
    return { ok: false, reason: "other_currency" };
  }
  const byPolicy = cancellationCost(policy, oldPrice, startsAt, at, "transfer");
  const feeBasisPoints = isFree ? 0 : byPolicy.feeBasisPoints;
  const fee = isFree && byPolicy.fee !== null ? 0 : byPolicy.fee;
  const common = { ok: true, noticeDays: byPolicy.noticeDays, feeBasisPoints, fee } as const;
  if (oldPrice === null || newPrice === null || fee === null) {
    return { ...common, difference: null, toPay: null, refund: null };
  }
  const difference = subtractMoney(newPrice, oldPrice);
  const balance = addMoney(difference, { amount: fee, currency: oldPrice.currency }).amount;
  return {
    ...common,
    difference: difference.amount,
    toPay: Math.max(balance, 0),
    refund: Math.max(-balance, 0),
  };
}
