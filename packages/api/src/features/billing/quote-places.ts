import type { Money } from "@lectern/contract/primitives";
import type { PriceRules } from "@lectern/contract/prices";
import type { TaxCategory } from "@lectern/contract/vocabulary";
import type { StoredPriceStep } from "@lectern/database/schema/bookings";
import { lesserOf, multiplyMoney, shareOf, spreadEvenly, subtractMoney } from "./money.ts";

/** What the price of a run's places is made from. */
export interface Pricing {
  /** In minor units; `null` with the currency: on request. */
  readonly amount: number | null;
  readonly currency: string | null;
  readonly taxCategory: TaxCategory;
  readonly rules: PriceRules;
}

/** What a discount code is good for: a part of each place's price, or an amount off the whole booking. */
export type Discount =
  | { readonly code: string; readonly kind: "percent"; readonly basisPoints: number }
  | {
      readonly code: string;
      readonly kind: "amount";
      readonly amount: number;
      readonly currency: string;
    };

export interface Order {
  /** At least one. */
  readonly places: number;
  /** The moment that decides on early birds. */
  readonly at: Date;
  readonly discount: Discount | null;
}

export interface QuotedPlace {
  /** In minor units; `null`: on request. */
  amount: number | null;
  /** The steps add up to the amount; none when it is on request. */
  explanation: StoredPriceStep[];
}

export interface Quote {
  currency: string | null;
  taxCategory: TaxCategory;
  /** In the order of the places' positions. */
  places: QuotedPlace[];
  /** The sum of the places; `null`: on request. */
  total: number | null;
  /** When the early bird that counts ends, and the quote with it; `null` when none counts. */
  validUntil: Date | null;
}

/**
 * What the places of a booking cost, each with its explanation.
 *
 * The best early bird that has not ended is taken off the base price, then the best volume price
 * that the number of places reaches off what is left, then the discount code: a percentage off each
 * place, or an amount off the booking, spread over its places. What a percentage takes off is
 * rounded to whole minor units, half a unit up: in favour of whoever pays. Nothing gets below zero.
 *
 * @throws Error for a discount in another currency: whoever takes a code has to refuse that before
 */
export function quotePlaces(pricing: Pricing, order: Order): Quote {
  const { amount, currency, taxCategory, rules } = pricing;
  if (amount === null || currency === null) return onRequest(taxCategory, order.places);

  const earlyBird = bestEarlyBird(rules, order.at);
  const price = new RunningPrice({ amount, currency });
  if (earlyBird !== undefined) {
    price.takeShare("early_bird", earlyBird.basisPoints, earlyBird.until);
  }
  const volume = bestVolumePrice(rules, order.places);
  if (volume !== undefined) {
    price.takeShare("volume", volume.basisPoints, String(volume.fromPlaces));
  }
  const prices = discounted(price, order);
  return {
    currency,
    taxCategory,
    places: prices.map(({ left, steps }) => ({ amount: left.amount, explanation: [...steps] })),
    total: prices.reduce((sum, { left }) => sum + left.amount, 0),
    validUntil: earlyBird === undefined ? null : new Date(earlyBird.until),
  };
}

function onRequest(taxCategory: TaxCategory, places: number): Quote {
  return {
    currency: null,
    taxCategory,
    places: Array.from({ length: places }, () => ({ amount: null, explanation: [] })),
    total: null,
    validUntil: null,
  };
}

/** @returns the one that takes off most; of two alike, the one that lasts longer */
function bestEarlyBird(
  { earlyBird }: PriceRules,
  at: Date,
): PriceRules["earlyBird"][number] | undefined {
  return earlyBird
    .filter(({ until }) => Date.parse(until) > at.getTime())
    .toSorted((a, b) => b.basisPoints - a.basisPoints || Date.parse(b.until) - Date.parse(a.until))
    .at(0);
}

/** @returns the one that takes off most; of two alike, the one that asks for fewer places */
function bestVolumePrice(
  { volume }: PriceRules,
  places: number,
): PriceRules["volume"][number] | undefined {
  return volume
    .filter(({ fromPlaces }) => fromPlaces <= places)
    .toSorted((a, b) => b.basisPoints - a.basisPoints || a.fromPlaces - b.fromPlaces)
    .at(0);
}

/** @returns the price of each place, once the discount has been taken off */
function discounted(price: RunningPrice, { places, discount }: Order): RunningPrice[] {
  if (discount?.kind === "percent") {
    price.takeShare("discount_code", discount.basisPoints, discount.code);
  }
  const each = Array.from({ length: places }, () => price);
  if (discount?.kind !== "amount") return each;
  // No more than there is to pay, so that no place gets below zero.
  const off = lesserOf(multiplyMoney(price.left, places), discount);
  return spreadEvenly(off, places).map((share) => {
    const place = price.copy();
    place.take("discount_code", share, { detail: discount.code });
    return place;
  });
}

/** A price that gets lower step by step, and remembers why. */
class RunningPrice {
  left: Money;
  readonly steps: StoredPriceStep[];

  constructor(base: Money, steps: StoredPriceStep[] = [{ kind: "base", amount: base.amount }]) {
    this.left = base;
    this.steps = steps;
  }

  copy(): RunningPrice {
    return new RunningPrice(this.left, [...this.steps]);
  }

  takeShare(kind: StoredPriceStep["kind"], basisPoints: number, detail: string): void {
    this.take(kind, shareOf(this.left, basisPoints), { basisPoints, detail });
  }

  /** A step that takes nothing off is none. */
  take(
    kind: StoredPriceStep["kind"],
    off: Money,
    why: Pick<StoredPriceStep, "basisPoints" | "detail">,
  ): void {
    if (off.amount === 0) return;
    this.left = subtractMoney(this.left, off);
    this.steps.push({ kind, amount: -off.amount, ...why });
  }
}
