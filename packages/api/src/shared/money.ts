import type { Money } from "@lectern/contract/primitives";

/** @returns the money of two columns that are NULL together, or `null` */
export function moneyOrNull(amount: number | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount, currency };
}
