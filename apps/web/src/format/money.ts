import type { Money } from "@lectern/contract/primitives";
import { FORMAT_LOCALE } from "./locale.ts";

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(currency: string): Intl.NumberFormat {
  const known =
    formatters.get(currency) ??
    new Intl.NumberFormat(FORMAT_LOCALE, {
      style: "currency",
      currency,
      trailingZeroDisplay: "stripIfInteger",
    });
  formatters.set(currency, known);
  return known;
}

/** @returns how many minor units make one of a currency: 100 pence a pound, 1 a yen (ISO 4217) */
export function minorUnits(currency: string): number {
  return 10 ** (formatter(currency).resolvedOptions().maximumFractionDigits ?? 2);
}

/** `£1,290` of 129000 pence, `−£1,290` of what is less than nothing. */
export function formatMoney({ amount, currency }: Money): string {
  const text = formatter(currency).format(Math.abs(amount) / minorUnits(currency));
  return amount < 0 ? `−${text}` : text;
}
