import type { Money } from "@lectern/contract/primitives";
import type { StoredCancellationPolicy } from "@lectern/database/schema/scheduling";
import { shareOf, subtractMoney } from "./money.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const WHOLE_PRICE = 10_000;

export interface CancellationCost {
  /** Whole days from now until the run begins; below zero once it has. */
  noticeDays: number;
  /** What the policy keeps at that notice, in hundredths of a per cent of the price. */
  feeBasisPoints: number;
  /** What the academy keeps, in minor units of the price's currency; `null` without a price. */
  fee: number | null;
  /** The price less the fee: what is given back of a price that was paid. */
  refund: number | null;
}

/**
 * What cancelling one registration costs, or moving it to another run.
 *
 * A day of notice is a whole period of 24 hours before the run begins, so that it neither depends on
 * where somebody reads the policy nor on clocks that change. Of the tiers, the one with the most
 * `daysBefore` that the notice reaches counts. With less notice than any tier asks for nothing is
 * given back: tiers name the times until which something is. A policy without tiers keeps nothing:
 * the site says that nothing is laid down, and the academy can't charge what it did not tell.
 *
 * A transfer costs what the tier says of transfers, and as much as cancelling when it does not mention
 * them, or when there is less notice than any tier asks for; else a registration could be moved and
 * then be cancelled for free.
 *
 * @param price of the registration; `null`: on request
 * @param at when somebody decided
 * @returns the fee, half a minor unit rounded up, and what is left of the price
 */
export function cancellationCost(
  policy: StoredCancellationPolicy,
  price: Money | null,
  startsAt: Date,
  at: Date,
  kind: "cancel" | "transfer",
): CancellationCost {
  const noticeDays = Math.floor((startsAt.getTime() - at.getTime()) / DAY_MS);
  const feeBasisPoints = feeAt(policy, noticeDays, kind);
  if (price === null) return { noticeDays, feeBasisPoints, fee: null, refund: null };
  const fee = shareOf(price, feeBasisPoints);
  return { noticeDays, feeBasisPoints, fee: fee.amount, refund: subtractMoney(price, fee).amount };
}

function feeAt(
  { tiers }: StoredCancellationPolicy,
  noticeDays: number,
  kind: "cancel" | "transfer",
): number {
  if (tiers.length === 0) return 0;
  const reached = tiers
    .filter(({ daysBefore }) => daysBefore <= noticeDays)
    .toSorted((a, b) => b.daysBefore - a.daysBefore)
    .at(0);
  if (reached === undefined) return WHOLE_PRICE;
  return kind === "cancel"
    ? reached.feeBasisPoints
    : (reached.transferFeeBasisPoints ?? reached.feeBasisPoints);
}
