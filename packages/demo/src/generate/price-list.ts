import type { Money } from "@lectern/contract/primitives";
import type { Currency } from "../content/types.ts";

/** What a pound of list price is in each market, and to what whole amount its prices are rounded. */
const markets: Readonly<Record<Currency, { readonly rate: number; readonly step: number }>> = {
  GBP: { rate: 1, step: 10 },
  NOK: { rate: 13.5, step: 100 },
  TRY: { rate: 52, step: 500 },
  EUR: { rate: 1.16, step: 10 },
  USD: { rate: 1.32, step: 10 },
  SGD: { rate: 1.72, step: 10 },
};

/**
 * The price of a place in one market. Prices are set and rounded by market, they do not follow
 * exchange rates.
 *
 * @param pounds the list price in whole pounds
 * @param share of the list price, for a cheaper way of delivery
 * @returns money in minor units; all these currencies have a hundred of them
 */
export function priceIn(currency: Currency, pounds: number, share = 1): Money {
  const { rate, step } = markets[currency];
  const whole = Math.round((pounds * rate * share) / step) * step;
  return { amount: whole * 100, currency };
}
