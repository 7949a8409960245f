import type { Money } from "@lectern/contract/primitives";
import { kept } from "./locale.ts";

const formatter = kept(
  (locale, currency: string) =>
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      trailingZeroDisplay: "stripIfInteger",
    }),
);

/** @returns how many minor units make one of a currency: 100 pence a pound, 1 a yen (ISO 4217) */
export function minorUnits(currency: string): number {
  return 10 ** (formatter(currency).resolvedOptions().maximumFractionDigits ?? 2);
}

/** `£1,290` of 129000 pence, `−£1,290` of what is less than nothing. */
export function formatMoney({ amount, currency }: Money): string {
  const parts = formatter(currency).formatToParts(amount / minorUnits(currency));
  // English data has a hyphen there.
  return parts.map(({ type, value }) => (type === "minusSign" ? "−" : value)).join("");
}
