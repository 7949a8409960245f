import type { Money } from "@lectern/contract/primitives";
import type { TransferMoney } from "@lectern/contract/registrations";
import type { TaxCategory } from "@lectern/contract/vocabulary";
import type { StoredPriceStep } from "@lectern/database/schema/bookings";
import { invalid } from "../../../domain-error.ts";
import { moneyOrNull } from "../../../shared/money.ts";
import { cancellationCost } from "../../billing/cancellation-cost.ts";
import { type Pricing, quotePlaces } from "../../billing/quote-places.ts";
import { transferCost } from "../../billing/transfer-cost.ts";
import { isFreeOfCharge, priceOf, sumOf } from "./change-money.ts";
import type { Decision } from "./decision.ts";
import type { RegistrationRow, WholeBooking } from "./locked-booking.ts";

/** What one registration costs on the new run, and what moving it there costs. */
export interface PlannedMove extends TransferMoney {
  readonly row: RegistrationRow;
  readonly oldPrice: Money | null;
  readonly newPrice: Money | null;
  readonly explanation: readonly StoredPriceStep[];
  readonly taxCategory: TaxCategory;
  readonly isFree: boolean;
  /** By the policy, whether it is waived or not. */
  readonly noticeDays: number;
  readonly feeBasisPoints: number;
}

/**
 * Prices registrations on another run, as they would be priced there together at this moment, and says
 * what moving them costs: shown before, and charged then. A discount code is not taken along.
 *
 * Where the academy cancelled or moved the run, nothing is to pay: what the new place would cost more is
 * waived, and the price says so.
 *
 * @param pricing of the new run
 * @param decision a fee that staff waive leaves the difference of the prices
 * @throws Invalid when the two runs are priced in different currencies
 */
export function planMove(
  whole: WholeBooking,
  rows: readonly RegistrationRow[],
  pricing: Pricing,
  decision: Pick<Decision, "isWaived" | "decidedBy">,
): PlannedMove[] {
  if (rows.length === 0) return [];
  const quote = quotePlaces(pricing, { places: rows.length, at: whole.terms.at, discount: null });
  return rows.map((row, index) => {
    const { amount, explanation: steps } = quote.places[index] ?? { amount: null, explanation: [] };
    const oldPrice = priceOf(row);
    const asQuoted = { newPrice: moneyOrNull(amount, quote.currency), explanation: steps };
    const isAcademys = decision.decidedBy === "academy" || whole.openChoices.has(row.id);
    const { newPrice, explanation } = isAcademys ? noDearer(asQuoted, oldPrice) : asQuoted;
    return {
      row,
      oldPrice,
      newPrice,
      explanation,
      taxCategory: quote.taxCategory,
      ...costOfMoving(whole, row, newPrice, isFreeOfCharge(whole, row, decision)),
    };
  });
}

type PriceThere = Pick<PlannedMove, "newPrice" | "explanation">;

/** @returns the price of the new place, or the old one where that is less or the new one on request */
function noDearer({ newPrice, explanation }: PriceThere, oldPrice: Money | null): PriceThere {
  // What was agreed on request still is.
  if (oldPrice === null) return { newPrice: null, explanation: [] };
  if (newPrice === null) {
    const kept = { kind: "transfer", amount: oldPrice.amount } as const;
    return { newPrice: oldPrice, explanation: [kept] };
  }
  const excess = newPrice.amount - oldPrice.amount;
  if (newPrice.currency !== oldPrice.currency || excess <= 0) return { newPrice, explanation };
  const waiver = { kind: "waiver", amount: -excess } as const;
  return { newPrice: oldPrice, explanation: [...explanation, waiver] };
}

function costOfMoving(
  { terms }: WholeBooking,
  row: RegistrationRow,
  newPrice: Money | null,
  isFree: boolean,
) {
  const oldPrice = priceOf(row);
  const { policy, startsAt, at } = terms;
  const cost = transferCost({ policy, oldPrice, newPrice, startsAt, at, isFree });
  if (!cost.ok) {
    throw invalid(
      "toRunId",
      "The two dates are priced in different currencies: please cancel, and book the other one.",
    );
  }
  const tier = cancellationCost(policy, oldPrice, startsAt, at, "transfer");
  const currency = oldPrice?.currency ?? null;
  return {
    isFree,
    noticeDays: tier.noticeDays,
    feeBasisPoints: tier.feeBasisPoints,
    fee: moneyOrNull(cost.fee, currency),
    difference: moneyOrNull(cost.difference, currency),
    toPay: moneyOrNull(cost.toPay, currency),
    refund: moneyOrNull(cost.refund, currency),
  };
}

/** @returns what moves cost together; `null` where one of them has no price */
export function moneyOf(moves: readonly PlannedMove[]): TransferMoney {
  return {
    fee: sumOf(moves.map(({ fee }) => fee)),
    difference: sumOf(moves.map(({ difference }) => difference)),
    toPay: sumOf(moves.map(({ toPay }) => toPay)),
    refund: sumOf(moves.map(({ refund }) => refund)),
  };
}
